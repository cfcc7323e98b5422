// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which directories a pipeline takes, and what becomes of what is in them. */
final class DataDirectoryTest {
  private static final String A =
      "CREATE STREAM a (n INTEGER); CREATE VIEW total_a AS SELECT SUM(n) AS n FROM a;";
  private static final String B =
      "CREATE STREAM b (n INTEGER); CREATE VIEW total_b AS SELECT SUM(n) AS n FROM b;";

  @TempDir Path directory;

  private String refused(Path data, String sql) {
    RefusedException refused =
        assertThrows(RefusedException.class, () -> Running.start("lambda", sql, data).close());
    assertTrue(
        refused.getMessage().startsWith("Cannot use data directory " + data + ": "),
        refused.getMessage());
    return refused.getMessage();
  }

  @Test
  void oneOfANewerLayoutIsRefusedAndLeftAsItIs() throws Exception {
    Files.writeString(directory.resolve("layout"), "2\n");
    String message = refused(directory, A);
    assertTrue(message.contains("version '2', this program reads version 1"), message);
    assertEquals("2\n", Files.readString(directory.resolve("layout")));
    Files.writeString(directory.resolve("layout"), "1\n");
    DataDirectory.hold(directory).close();
  }

  @Test
  void oneThatIsMadeIsItsOwnersAlone() throws Exception {
    Path data = directory.resolve("deep/data");
    DataDirectory.hold(data).close();
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    assertEquals(Optional.empty(), Privacy.openness(data));
  }

  @Test
  void oneThatOthersMayEnterIsLeftAsItIsAndSaid() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x---"));
    String said = Privacy.openness(data).orElseThrow();
    assertTrue(said.contains("'data'") && said.contains("chmod 700"), said);
    DataDirectory.hold(data).close();
    assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
  }

  @Test
  void oneThatIsAFileOrCannotBeWrittenIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "text");
    assertTrue(refused(file, A).contains("is a file"));
    Path data = directory.resolve("data");
    try (SmallDisk disk = SmallDisk.mount(data, 8)) {
      disk.protect();
      String message = refused(data, A);
      assertTrue(message.contains("Read-only file system"), message);
      assertTrue(message.contains("make it writable or choose another with --data"), message);
    }
  }

  @Test
  void oneOfAnotherPipelineIsRefusedAndNothingIsMadeInIt() throws Exception {
    try (Running running = Running.start("kappa", A, directory)) {
      running.append("a", List.of("{\"n\":1}"));
    }
    String message = refused(directory, B);
    assertTrue(message.contains("it holds the streams a of another pipeline"), message);
    try (Running running = Running.start("kappa", A, directory)) {
      assertEquals(List.of("[1]"), running.rows("total_a"));
      assertEquals(1, running.pipeline().status().streams().size());
    }
  }

  @Test
  void aStreamThatIsNoLongerDeclaredKeepsWhatItHasAndGoesOnWhenItIsDeclaredAgain()
      throws Exception {
    try (Running running = Running.start("lambda", A + B, directory)) {
      running.append("a", List.of("{\"n\":1}"));
      running.append("b", List.of("{\"n\":10}"));
    }
    try (Running running = Running.start("lambda", B, directory)) {
      assertThrows(RefusedException.class, () -> running.pipeline().ingest("a"));
      running.append("b", List.of("{\"n\":20}"));
      assertEquals(List.of("[30]"), running.rows("total_b"));
    }
    try (Running running = Running.start("kappa", A + B, directory)) {
      running.append("a", List.of("{\"n\":2}"));
      assertEquals(List.of("[3]"), running.rows("total_a"));
      assertEquals(List.of("[30]"), running.rows("total_b"));
      for (VerifyReport report : running.pipeline().verify(List.of())) {
        assertTrue(report.identical(), report.toString());
      }
    }
  }

  @Test
  void moreDeclaredPartitionsAreMadeAndFewerChangeNothing() throws Exception {
    String declared = A.replace("(n INTEGER)", "(n INTEGER) WITH ('partitions' = '%d')");
    int[] lanes = {2, 4, 4};
    int[] wanted = {2, 4, 1};
    for (int i = 0; i < wanted.length; i++) {
      try (Running running = Running.start("lambda", declared.formatted(wanted[i]), directory)) {
        for (int event = 0; event < 4; event++) {
          running.append("a", List.of("{\"n\":1}"));
        }
        assertEquals(lanes[i], running.pipeline().status().streams().get(0).lanes().size());
        assertEquals(List.of("[" + 4 * (i + 1) + "]"), running.rows("total_a"));
        for (VerifyReport report : running.pipeline().verify(List.of())) {
          assertTrue(report.identical(), report.toString());
        }
      }
    }
  }
}
