// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
  private static final long ROOM = 8 << 20;

  @TempDir Path directory;

  private SpoolSpace space(long memory) {
    return new SpoolSpace(directory.resolve("made"), memory, ROOM - memory);
  }

  @Test
  void whatIsWrittenIsReadHoweverLargeAndHoweverItWasCut() throws Exception {
    SpoolSpace space = space(2 << 20);
    Random random = new Random(5);
    for (int size : new int[] {0, 1, 2_048, 2_049, 100_000, 1 << 20, (1 << 20) + 1, 3 << 20}) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      try (Spool spool = new Spool(space, ROOM)) {
        for (int at = 0; at < size; ) {
          int count = Math.min(size - at, 1 + random.nextInt(200_000));
          spool.write(bytes, at, count);
          at += count;
        }
        assertEquals(size, spool.size());
        assertArrayEquals(bytes, spool.input().readAllBytes());
        assertArrayEquals(bytes, spool.input().readAllBytes(), "a second time");
      }
      assertEquals(ROOM, space.free(), "all room is given back");
    }
  }

  @Test
  void manySmallOnesAreInMemoryWhileThereIsRoomAndThenInFilesWithoutAName() throws Exception {
    SpoolSpace space = space(10_000);
    Spool first = new Spool(space, ROOM);
    first.write(new byte[8_000]);
    assertTrue(Files.notExists(directory.resolve("made")), "no file was needed");
    Spool second = new Spool(space, ROOM);
    second.write(new byte[8_000]);
    try (Stream<Path> files = Files.list(directory.resolve("made"))) {
      assertEquals(0, files.count(), "a process that is killed leaves nothing");
    }
    assertEquals(8_000, second.input().readAllBytes().length);
    first.close();
    second.close();
    second.close();
    assertEquals(ROOM, space.free());
  }

  @Test
  void theLimitOfOneAndTheRoomOfAllHold() throws Exception {
    SpoolSpace space = space(0);
    try (Spool spool = new Spool(space, 100)) {
      spool.write(new byte[100]);
      assertThrows(Spool.TooLargeException.class, () -> spool.write(1));
    }
    try (Spool large = new Spool(space, 2 * ROOM)) {
      large.write(new byte[(int) ROOM]);
      try (Spool other = new Spool(space, 100)) {
        assertThrows(SpoolSpace.NoRoomException.class, () -> other.write(1));
      }
    }
    assertEquals(ROOM, space.free());
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamedWithoutItsPath() throws Exception {
    Path file = Files.writeString(directory.resolve("made"), "not a folder");
    try (Spool spool = new Spool(space(0), 100)) {
      IOException problem =
          assertThrows(SpoolSpace.NoRoomException.class, () -> spool.write(new byte[1]));
      assertTrue(!problem.getMessage().contains(file.getParent().toString()), problem.getMessage());
    }
  }
}
