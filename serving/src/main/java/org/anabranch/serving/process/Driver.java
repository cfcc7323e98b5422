// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * The database's driver, unpacked once for all query processes. Its jar holds the libraries of all
 * systems, and each process would unpack 70 MB of them at its start.
 */
final class Driver {
  private static final String LIBRARY = "libduckdb_java.so_";

  private Driver() {}

  /**
   * Unpacks a driver into a directory: the library of this system beside a jar of the classes.
   *
   * @return what belongs on the class path: that jar, or the driver's own if it has no library for
   *     this system that is known by name, which every process then looks for itself
   */
  static Path unpack(Path driver, Path directory) throws IOException {
    if (!Files.isRegularFile(driver)) {
      return driver;
    }
    try (JarFile jar = new JarFile(driver.toFile())) {
      JarEntry library = jar.getJarEntry(LIBRARY + system() + "_" + architecture());
      if (library == null) {
        return driver;
      }
      try (InputStream in = jar.getInputStream(library)) {
        Files.copy(in, directory.resolve(System.mapLibraryName("duckdb_java")));
      }
      Path classes = directory.resolve("driver.jar");
      copyClasses(jar, classes);
      return classes;
    }
  }

  private static void copyClasses(JarFile jar, Path classes) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(classes))) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        String name = entry.getName();
        if (name.endsWith(".class") || name.startsWith("META-INF/services/")) {
          out.putNextEntry(new JarEntry(name));
          try (InputStream in = jar.getInputStream(entry)) {
            in.transferTo(out);
          }
          out.closeEntry();
        }
      }
    }
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "macos" : "linux";
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> name;
    };
  }
}
