// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The bill of materials lists what the command runs from, no less and no more. */
final class BillOfMaterialsTest {
  private static final Path BUILT = Path.of("..", "cli", "target").toAbsolutePath().normalize();
  private static final Pattern COMPONENT =
      Pattern.compile("\"purl\" ?: ?\"pkg:maven/([^/]+)/([^@]+)@([^?\"]+)");

  @Test
  void theBillListsEveryJarOfTheClassPathInItsVersion() throws IOException {
    Path bill = BUILT.resolve("bill-of-materials.json");
    boolean wholeBuild = "true".equals(System.getenv("CI"));
    assumeTrue(wholeBuild || Files.exists(bill), "no bill of materials: run the whole mvn verify");
    Set<String> listed = new TreeSet<>();
    Matcher component = COMPONENT.matcher(Files.readString(bill));
    while (component.find()) {
      if (!component.group(1).equals("org.anabranch")) {
        listed.add(component.group(2) + "-" + component.group(3) + ".jar");
      }
    }
    assertEquals(classPath(), listed);
  }

  @Test
  void theClassPathHasOneVersionOfEachJar() throws IOException {
    assumeTrue(Files.exists(BUILT.resolve("classpath")), "the command is not built");
    Set<String> names = new TreeSet<>();
    for (String jar : classPath()) {
      String name = jar.replaceFirst("-[0-9].*", "");
      assertTrue(names.add(name), "two versions of " + name + " in " + classPath());
    }
    assertTrue(names.contains("kafka-clients"), names::toString);
  }

  private static Set<String> classPath() throws IOException {
    Set<String> jars = new TreeSet<>();
    for (String entry : List.of(Files.readString(BUILT.resolve("classpath")).strip().split(":"))) {
      String jar = Path.of(entry).getFileName().toString();
      if (!jar.startsWith("anabranch-") && jar.endsWith(".jar")) {
        jars.add(jar);
      }
    }
    return jars;
  }
}
