// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts query processes: small JVMs with nothing but what a query needs on their class path, an
 * empty environment and a private directory each, which does not outlive them.
 */
public final class Launch implements AutoCloseable {
  private static final Path SHELL = Path.of("/bin/sh");

  /**
   * Before the process is what it is to be: a signal from the terminal is for the server alone, no
   * core is dumped, the system holds it to its limit, and takes it before the server when its own
   * memory runs out.
   */
  private static final String CONFINED =
      "trap '' INT HUP; ulimit -c 0; ulimit -d \"$0\" 2>/dev/null;"
          + " { echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null; exec \"$@\"";

  private final Class<?> main;
  private final ProcessLimits limits;
  private final Path directory;
  private final String classPath;
  private int started;

  private Launch(Class<?> main, ProcessLimits limits, Path directory, String classPath) {
    this.main = main;
    this.limits = limits;
    this.directory = directory;
    this.classPath = classPath;
  }

  /**
   * Prepares starts.
   *
   * @param main runs in the process
   * @param driver a class of the database's driver
   * @param others classes of everything else it needs
   */
  public static Launch prepare(
      Class<?> main, ProcessLimits limits, Class<?> driver, Class<?>... others) throws IOException {
    Path directory = Files.createTempDirectory("anabranch-sql-");
    try {
      Set<Path> classPath = new LinkedHashSet<>();
      classPath.add(Driver.unpack(source(driver), directory));
      classPath.add(source(main));
      for (Class<?> other : others) {
        classPath.add(source(other));
      }
      String joined =
          classPath.stream()
              .map(Path::toString)
              .collect(Collectors.joining(System.getProperty("path.separator")));
      return new Launch(main, limits, directory, joined);
    } catch (IOException | RuntimeException | Error e) {
      Scratch.remove(directory);
      throw e;
    }
  }

  private static Path source(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("Cannot find the file of " + type.getName(), e);
    }
  }

  ProcessLimits limits() {
    return limits;
  }

  /** Starts a process, which may take a while to be ready. */
  public synchronized QueryProcess start() throws IOException {
    Path own = Files.createDirectory(directory.resolve(String.valueOf(started++)));
    ProcessBuilder builder = new ProcessBuilder(command()).directory(own.toFile());
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectError(own.resolve("errors").toFile());
    return new QueryProcess(builder.start(), own, limits);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      String data = String.valueOf(limits.dataKilobytes());
      command.addAll(List.of(SHELL.toString(), "-c", CONFINED, data));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms8m",
            "-Xmx" + limits.heapMegabytes() + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            // What is no frame must not get among the frames.
            "-XX:+DisplayVMOutputToStderr",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC",
            "-Djava.io.tmpdir=.",
            "-Djava.library.path=" + directory));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath, main.getName(), directory.toString()));
    return command;
  }

  /** Forgets everything; the processes must be gone. */
  @Override
  public void close() throws IOException {
    Scratch.remove(directory);
  }
}
