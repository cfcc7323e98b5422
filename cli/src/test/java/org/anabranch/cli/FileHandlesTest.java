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

  private static FileHandles.Share share(long segments, long lanes, long workers) {
    return new FileHandles.Share(segments, lanes, workers);
  }

  @Test
  void thereAreAsManyConnectionsAsTheRestLeavesRoomFor() {
    assertEquals(2_000, new FileHandles(65_536, 100).connections(2_000, share(50, 4, 64)));
    FileHandles few = new FileHandles(1_024, 100);
    assertEquals(Optional.empty(), few.note(600, 600));
    int connections = few.connections(2_000, share(50, 0, 0));
    assertEquals((1_024 - 100 - 256 - 50) / 2, connections);
    String note = few.note(2_000, connections).orElseThrow();
    assertTrue(note.contains("takes 309 connections at once instead of 2000"), note);
  }

  @Test
  void scratchFilesOfConnectionsWorkersAndLanesHaveTheirShare() {
    FileHandles handles = new FileHandles(1_024, 100);
    int connections = handles.connections(2_000, share(50, 5, 64));
    long scratch = connections + 64L + 5;
    long beginning = 5;
    long all = 100 + 256 + 50 + beginning + connections + scratch;
    assertTrue(all <= 1_024 && all + 2 > 1_024, all + " with " + connections + " connections");
  }

  @Test
  void tooFewAreRefusedWithWhatIsNeeded() {
    FileHandles.Share share = share(20, 2, 64);
    CommandException refused =
        assertThrows(
            CommandException.class, () -> new FileHandles(300, 110).connections(2_000, share));
    String message = refused.getMessage();
    assertTrue(message.contains("have 300 files and connections open, and needs 486"), message);
    assertTrue(message.contains("22 of them for the files of the log, 82 for scratch"), message);
    assertTrue(message.contains("ulimit -n"), message);
    assertThrows(CommandException.class, () -> new FileHandles(485, 110).connections(2_000, share));
    assertEquals(16, new FileHandles(486, 110).connections(2_000, share));
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
