// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections get the file handles that the rest leaves. */
final class FileHandlesTest {
  @TempDir private Path directory;

  @Test
  void thereAreAsManyConnectionsAsTheRestLeavesRoomFor() {
    assertEquals(2_000, new FileHandles(65_536, 100).connections(2_000, 50));
    FileHandles few = new FileHandles(1_024, 100);
    assertEquals(1_024 - 100 - 256 - 50, few.connections(2_000, 50));
    assertEquals(Optional.empty(), few.note(600, 600));
    String note = few.note(2_000, few.connections(2_000, 50)).orElseThrow();
    assertTrue(note.contains("takes 618 connections at once instead of 2000"), note);
  }

  @Test
  void tooFewAreRefusedWithWhatIsNeeded() {
    CommandException refused =
        assertThrows(
            CommandException.class, () -> new FileHandles(300, 110).connections(2_000, 20));
    assertTrue(
        refused.getMessage().contains("may have 300 files and connections open, and needs 402"),
        refused.getMessage());
    assertTrue(refused.getMessage().contains("ulimit -n"), refused.getMessage());
    assertEquals(16, new FileHandles(402, 110).connections(2_000, 20));
  }

  @Test
  void theFilesOfTheLogAreCounted() throws Exception {
    assertEquals(0, FileHandles.segments(directory.resolve("log")));
    Files.createDirectories(directory.resolve("log/s-0"));
    Files.createFile(directory.resolve("log/s-0/00000000000000000000.log"));
    Files.createFile(directory.resolve("log/s-0/00000000000000000000.index"));
    assertEquals(1, FileHandles.segments(directory.resolve("log")));
  }

  @Test
  void thisProcessKnowsItsOwn() {
    FileHandles handles = FileHandles.ofThisProcess().orElseThrow();
    assertTrue(handles.open() > 0 && handles.open() < handles.most(), handles.toString());
  }
}
