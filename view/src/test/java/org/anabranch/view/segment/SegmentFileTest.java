// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Segment;
import org.anabranch.view.Tally;
import org.anabranch.view.Trials;
import org.anabranch.view.accumulator.StateWriter;
import org.junit.jupiter.api.Test;

/** Segments as bytes against sorted maps. */
class SegmentFileTest {
  private static final Lane LANE = new Lane("topic", 0, 3);
  private static final Coverage COVERAGE = Coverage.of(LANE, 100, 1000);
  private static final Tally TALLY =
      new Tally(70, 20, 2, List.of(new Tally.Sample(LANE, 117, "division by zero ÷")));

  private static NavigableMap<byte[], byte[]> groups(Random random, int most) {
    NavigableMap<byte[], byte[]> groups = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      groups.put(bytes(random, 6, 3), bytes(random, 12, 256));
    }
    return groups;
  }

  private static byte[] bytes(Random random, int longest, int values) {
    byte[] bytes = new byte[random.nextInt(longest + 1)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(values) * (256 / values));
    }
    return bytes;
  }

  private static List<ByteBuffer> written(Map<byte[], byte[]> groups, int blockSize, int partSize)
      throws IOException {
    MemoryParts parts = new MemoryParts(partSize);
    SegmentWriter writer = new SegmentWriter(parts, blockSize, partSize);
    for (Map.Entry<byte[], byte[]> group : groups.entrySet()) {
      writer.add(ByteBuffer.wrap(group.getKey()), ByteBuffer.wrap(group.getValue()));
    }
    writer.finish("fold", COVERAGE, TALLY);
    return parts.parts();
  }

  private static EncodedSegment opened(List<ByteBuffer> parts) {
    return EncodedSegment.open("test.segment", parts, () -> {});
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static void assertHolds(NavigableMap<byte[], byte[]> expected, Segment.Groups groups) {
    for (Map.Entry<byte[], byte[]> group : expected.entrySet()) {
      assertTrue(groups.next());
      assertArrayEquals(group.getKey(), copy(groups.key()));
      assertArrayEquals(group.getValue(), copy(groups.state()));
    }
    assertEquals(false, groups.next());
    assertEquals(false, groups.next());
  }

  private static NavigableMap<byte[], byte[]> between(
      NavigableMap<byte[], byte[]> groups, byte[] from, byte[] to) {
    NavigableMap<byte[], byte[]> tail = from == null ? groups : groups.tailMap(from, true);
    if (to == null) {
      return tail;
    }
    return from != null && Arrays.compareUnsigned(from, to) >= 0
        ? groups.subMap(from, true, from, false)
        : tail.headMap(to, false);
  }

  private static void check(Random random) throws IOException {
    NavigableMap<byte[], byte[]> groups = groups(random, 200);
    int partSize = 64 + random.nextInt(200);
    EncodedSegment segment =
        opened(written(groups, 1 + random.nextInt(Math.min(40, partSize - 50)), partSize));
    assertEquals(groups.size(), segment.groups());
    assertHolds(groups, segment.scan(null, null));
    for (int i = 0; i < 20; i++) {
      byte[] from = random.nextInt(5) == 0 ? null : bytes(random, 6, 3);
      byte[] to = random.nextInt(5) == 0 ? null : bytes(random, 6, 3);
      assertHolds(between(groups, from, to), segment.scan(from, to));
      byte[] key = bytes(random, 6, 3);
      ByteBuffer found = segment.find(key);
      assertArrayEquals(groups.get(key), found == null ? null : copy(found));
    }
    for (byte[] key : groups.keySet()) {
      assertArrayEquals(groups.get(key), copy(segment.find(key)));
    }
  }

  @Test
  void aSegmentHoldsWhatWasWrittenWhateverItsBlocksAndParts() {
    Trials.run(600, SegmentFileTest::check);
  }

  @Test
  void aSegmentSaysOfItselfWhatWasSaid() throws IOException {
    NavigableMap<byte[], byte[]> groups = groups(new Random(1), 100);
    EncodedSegment segment = opened(written(groups, 64, 1 << 20));
    assertEquals("fold", segment.fold());
    assertEquals(COVERAGE, segment.coverage());
    assertEquals(TALLY, segment.tally());
    assertEquals(
        groups.entrySet().stream()
            .mapToLong(group -> group.getKey().length + group.getValue().length)
            .sum(),
        segment.bytes());
  }

  @Test
  void theDigestIsThatOfTheSpecificationAndDoesNotDependOnBlocksAndParts() throws Exception {
    NavigableMap<byte[], byte[]> groups = groups(new Random(2), 300);
    StateWriter all = new StateWriter();
    groups.forEach(
        (key, state) -> {
          all.writeBlock(key, 0, key.length);
          all.writeBlock(state, 0, state.length);
        });
    String expected =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.toByteArray()));
    assertEquals(expected, opened(written(groups, 1 << 14, 1 << 30)).digest());
    assertEquals(expected, opened(written(groups, 1, 64)).digest());
  }

  @Test
  void theDigestOfNothingIsThatOfNoBytes() throws IOException {
    EncodedSegment empty = opened(written(new TreeMap<>(Arrays::compareUnsigned), 64, 64));
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", empty.digest());
    assertNull(empty.find(new byte[0]));
    assertEquals(false, empty.scan(null, null).next());
  }

  /** What a reader sees of a segment: everything, or that it is damaged. */
  private static String seen(List<ByteBuffer> parts) {
    try {
      EncodedSegment segment = opened(parts);
      StringBuilder text = new StringBuilder(segment.summary().toString());
      Segment.Groups groups = segment.scan(null, null);
      while (groups.next()) {
        byte[] key = copy(groups.key());
        text.append(HexFormat.of().formatHex(key)).append('=');
        text.append(HexFormat.of().formatHex(copy(groups.state()))).append('\n');
        assertArrayEquals(copy(groups.state()), copy(segment.find(key)));
      }
      return text.toString();
    } catch (CorruptSegmentException e) {
      assertTrue(e.getMessage().startsWith("Cannot read segment test.segment: "), e.getMessage());
      return "damaged";
    }
  }

  @Test
  void anyFlippedBitIsNoticedOrHarmless() throws IOException {
    List<ByteBuffer> parts = written(groups(new Random(3), 60), 40, 128);
    String expected = seen(parts);
    int noticed = 0;
    int harmless = 0;
    for (ByteBuffer part : parts) {
      for (int bit = 0; bit < part.capacity() * 8; bit++) {
        part.put(bit / 8, (byte) (part.get(bit / 8) ^ 1 << bit % 8));
        String found = seen(parts);
        if (found.equals("damaged")) {
          noticed++;
        } else {
          assertEquals(expected, found);
          harmless++;
        }
        part.put(bit / 8, (byte) (part.get(bit / 8) ^ 1 << bit % 8));
      }
    }
    assertEquals(expected, seen(parts));
    assertTrue(noticed > 3000, noticed + " noticed, " + harmless + " harmless");
    assertTrue(harmless < noticed / 2, noticed + " noticed, " + harmless + " harmless");
  }

  @Test
  void aFlippedBitInAFileWithoutPaddingIsAlwaysNoticed() throws IOException {
    List<ByteBuffer> parts = written(groups(new Random(4), 60), 40, 1 << 20);
    ByteBuffer part = parts.get(0);
    for (int bit = 0; bit < part.capacity() * 8; bit++) {
      part.put(bit / 8, (byte) (part.get(bit / 8) ^ 1 << bit % 8));
      assertEquals("damaged", seen(parts), "bit " + bit);
      part.put(bit / 8, (byte) (part.get(bit / 8) ^ 1 << bit % 8));
    }
  }

  @Test
  void anyOtherLengthIsNoticed() throws IOException {
    byte[] whole = copy(written(groups(new Random(5), 60), 40, 1 << 20).get(0));
    for (int length = 0; length < whole.length; length++) {
      assertEquals("damaged", seen(List.of(ByteBuffer.wrap(Arrays.copyOf(whole, length)))));
    }
    assertEquals("damaged", seen(List.of(ByteBuffer.wrap(Arrays.copyOf(whole, whole.length + 1)))));
    assertEquals("damaged", seen(List.of()));
  }

  @Test
  void aGoodBlockInTheWrongPlaceIsNoticed() throws IOException {
    NavigableMap<byte[], byte[]> groups = new TreeMap<>(Arrays::compareUnsigned);
    for (int i = 0; i < 4; i++) {
      groups.put(new byte[] {(byte) i}, new byte[] {(byte) i, 7});
    }
    List<ByteBuffer> parts = written(groups, 1, 1 << 20);
    ByteBuffer file = parts.get(0);
    byte[] blocks = new byte[18];
    file.get(8, blocks);
    file.put(8, blocks, 9, 9).put(17, blocks, 0, 9);
    assertEquals("damaged", seen(parts));
  }

  @Test
  void randomDamageOfManyBytesIsNoticedOrHarmless() {
    Trials.run(
        500,
        random -> {
          List<ByteBuffer> parts = written(groups(random, 100), 30, 80 + random.nextInt(100));
          String expected = seen(parts);
          for (int i = 1 + random.nextInt(20); i > 0; i--) {
            ByteBuffer part = parts.get(random.nextInt(parts.size()));
            part.put(random.nextInt(part.capacity()), (byte) random.nextInt(256));
          }
          String found = seen(parts);
          assertTrue(found.equals("damaged") || found.equals(expected), found);
        });
  }

  @Test
  void keysThatDoNotAscendAreRefused() throws IOException {
    SegmentWriter writer = new SegmentWriter(new ByteArrayOutputStream());
    writer.add(new byte[] {1, 2}, 2, new byte[0], 0);
    for (byte[] key : List.of(new byte[] {1, 2}, new byte[] {1}, new byte[] {0, 9}, new byte[0])) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class, () -> writer.add(key, key.length, new byte[0], 0));
      assertTrue(refused.getMessage().contains("after 0102"), refused.getMessage());
    }
    writer.add(new byte[] {(byte) 0x80}, 1, new byte[0], 0);
    assertEquals(2, writer.finish("fold", COVERAGE, TALLY).groups());
  }

  @Test
  void aBlockThatFitsNoPartIsRefused() throws IOException {
    SegmentWriter writer = new SegmentWriter(new ByteArrayOutputStream(), 16, 64);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> writer.add(new byte[] {1}, 1, new byte[100], 100));
    assertTrue(refused.getMessage().contains("into parts of 64"), refused.getMessage());
  }

  @Test
  void partsOfAnotherSizeThanWrittenAreRefused() throws IOException {
    byte[] whole = copy(written(groups(new Random(6), 60), 16, 1 << 20).get(0));
    List<ByteBuffer> halves = new ArrayList<>();
    halves.add(ByteBuffer.wrap(whole, 0, whole.length / 2 + 1).slice());
    halves.add(ByteBuffer.wrap(whole, whole.length / 2 + 1, (whole.length - 1) / 2).slice());
    assertThrows(IllegalArgumentException.class, () -> opened(halves));
  }

  @Test
  void moreRowsThanPositionsAreRefused() throws IOException {
    SegmentWriter writer = new SegmentWriter(new ByteArrayOutputStream());
    Tally tally = new Tally(900, 1, 0, List.of());
    assertThrows(IllegalArgumentException.class, () -> writer.finish("fold", COVERAGE, tally));
  }

  @Test
  void aNewerFormatIsRefusedByItsVersion() throws IOException {
    List<ByteBuffer> parts = written(groups(new Random(7), 9), 16, 1 << 20);
    parts.get(0).put(7, (byte) 2);
    CorruptSegmentException refused =
        assertThrows(CorruptSegmentException.class, () -> opened(parts));
    assertTrue(refused.getMessage().contains("format version 2"), refused.getMessage());
  }

  @Test
  void aClosedSegmentIsNotReadAndReleasesItsBytesOnce() throws IOException {
    int[] released = new int[1];
    EncodedSegment segment =
        EncodedSegment.open(
            "test", written(groups(new Random(8), 60), 16, 1 << 20), () -> released[0]++);
    Segment.Groups groups = segment.scan(null, null);
    assertTrue(groups.next());
    segment.close();
    segment.close();
    assertEquals(1, released[0]);
    assertThrows(IllegalStateException.class, () -> segment.find(new byte[] {1}));
    assertThrows(IllegalStateException.class, () -> segment.find(new byte[0]));
    assertThrows(
        IllegalStateException.class,
        () -> {
          while (groups.next()) {
            assertTrue(groups.key().remaining() >= 0);
          }
        });
  }
}
