// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job end to end, as a user runs it: the command, its server children, real flights. */
final class DemoTest {
  @TempDir Path directory;

  @Test
  void everyCheckOfTheDemoHolds() throws Exception {
    Path out = directory.resolve("out");
    Path errors = directory.resolve("errors");
    Process demo =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-Danabranch.home=" + Path.of("..").toAbsolutePath().normalize(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "org.anabranch.cli.Main",
                    "demo",
                    "--exit"))
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean ended = demo.waitFor(10, TimeUnit.MINUTES);
    if (!ended) {
      demo.destroyForcibly();
    }
    String said = Files.readString(out) + Files.readString(errors);
    assertTrue(ended, said);
    assertEquals(0, demo.exitValue(), said);
    assertTrue(said.contains("checks held"), said);
  }
}
