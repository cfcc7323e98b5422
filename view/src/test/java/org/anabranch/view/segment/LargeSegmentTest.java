// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Segment;
import org.anabranch.view.Tally;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment of many parts, mapped from a file and read by several threads. */
class LargeSegmentTest {
  private static final int GROUPS = 100_000;
  private static final int PART_SIZE = 64 * 1024;

  @TempDir Path folder;

  private static KeyCodec codec() {
    return new KeyCodec(List.of(Type.BIGINT, Type.VARCHAR));
  }

  private static byte[] key(long number) {
    return codec().encode(number / 10, "name " + number % 10);
  }

  private Path written() throws IOException {
    Path file = folder.resolve("large.segment");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      SegmentWriter writer = new SegmentWriter(out, SegmentFile.BLOCK_SIZE, PART_SIZE);
      for (long number = 0; number < GROUPS; number++) {
        writer.add(ByteBuffer.wrap(key(number)), state(number));
      }
      Coverage coverage = Coverage.of(new Lane("t", 0, 0), 0, GROUPS);
      writer.finish("fold", coverage, new Tally(GROUPS, 0, 0, List.of()));
    }
    return file;
  }

  private static ByteBuffer state(long number) {
    return ByteBuffer.allocate(24).putLong(number).putLong(~number).putLong(7).flip();
  }

  private static List<ByteBuffer> mapped(Path file) throws IOException {
    List<ByteBuffer> parts = new ArrayList<>();
    try (FileChannel channel = FileChannel.open(file)) {
      for (long from = 0; from < channel.size(); from += PART_SIZE) {
        long length = Math.min(PART_SIZE, channel.size() - from);
        parts.add(channel.map(MapMode.READ_ONLY, from, length));
      }
    }
    return parts;
  }

  private static long scanned(Segment segment, long from, long to) {
    Segment.Groups groups = segment.scan(key(from), key(to));
    long number = from;
    for (; groups.next(); number++) {
      assertEquals(number, groups.state().getLong(groups.state().position()));
      assertEquals(ByteBuffer.wrap(key(number)), groups.key());
    }
    return number;
  }

  @Test
  void manyThreadsReadAMappedFileOfManyParts() throws Exception {
    List<ByteBuffer> parts = mapped(written());
    assertTrue(parts.size() > 50, parts.size() + " parts");
    try (EncodedSegment segment = EncodedSegment.open("large", parts, () -> {})) {
      ExecutorService pool = Executors.newFixedThreadPool(4);
      List<Future<Long>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        long from = thread * 1000L;
        results.add(pool.submit(() -> scanned(segment, from, GROUPS - 1)));
        results.add(pool.submit(() -> found(segment, from)));
      }
      for (int i = 0; i < results.size(); i++) {
        assertEquals(i % 2 == 0 ? GROUPS - 1 : 5000L, results.get(i).get());
      }
      pool.shutdownNow();
    }
  }

  private static long found(Segment segment, long from) {
    long found = 0;
    for (long i = 0; i < 5000; i++) {
      long number = (from + i * 7919) % GROUPS;
      if (segment.find(key(number)).getLong() == number) {
        found++;
      }
    }
    return found;
  }
}
