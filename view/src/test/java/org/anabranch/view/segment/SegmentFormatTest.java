// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Tally;
import org.junit.jupiter.api.Test;

/** One file, byte for byte as {@code docs/format/segments.md} says, assembled by hand. */
class SegmentFormatTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] MAGIC = HEX.parseHex("414e414253454701");

  /** Three blocks of one entry: one fills its part exactly, one follows, one needs a new part. */
  private static final int[] STATES = {49, 3, 50};

  private final ByteBuffer file = ByteBuffer.allocate(4096);
  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final ByteBuffer index = ByteBuffer.allocate(1024);

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  private static byte[] taken(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  private static void text(ByteBuffer out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.put((byte) utf8.length).put(utf8);
  }

  /** A block of one entry with key {@code number} and a state of that many equal bytes. */
  private void block(int number, int length) {
    byte[] state = new byte[length];
    Arrays.fill(state, (byte) number);
    ByteBuffer block = ByteBuffer.allocate(3 + length + 4);
    block.put((byte) 1).put((byte) number).put((byte) length).put(state);
    entries.write(block.array(), 0, block.position());
    block.putInt(0);
    index.put((byte) 1).put((byte) number);
    varint(index, file.position());
    index.put((byte) block.capacity()).put((byte) 1).putInt(checksum(block.array()));
    file.put(block.array());
  }

  private static void varint(ByteBuffer out, int value) {
    if (value < 128) {
      out.put((byte) value);
    } else {
      out.put((byte) (value | 0x80)).put((byte) (value >>> 7));
    }
  }

  private byte[] expected() throws Exception {
    file.put(MAGIC);
    block(1, STATES[0]);
    assertEquals(64, file.position());
    block(2, STATES[1]);
    assertEquals(74, file.position());
    file.position(128);
    block(3, STATES[2]);
    int indexOffset = file.position();
    file.put(taken(index));
    byte[] footer = footer(indexOffset);
    file.put(footer);
    file.putInt(footer.length).putInt(checksum(footer)).putLong(file.position() + 16L).put(MAGIC);
    return taken(file);
  }

  private byte[] footer(int indexOffset) throws Exception {
    ByteBuffer footer = ByteBuffer.allocate(1024);
    text(footer, "00112233445566778899aabbccddeeff");
    text(footer, "topic.2.5:10-19");
    footer.put((byte) 5).put((byte) 1).put((byte) 1);
    footer.put((byte) 1);
    text(footer, "topic.2.5");
    footer.put((byte) 17);
    text(footer, "÷ 0");
    footer.put((byte) 3).put((byte) (3 + 49 + 3 + 50));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(entries.toByteArray());
    text(footer, HEX.formatHex(digest));
    footer.put((byte) 64);
    varint(footer, indexOffset);
    varint(footer, index.position());
    footer.put((byte) 3).putInt(checksum(taken(index)));
    return taken(footer);
  }

  private static byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SegmentWriter writer = new SegmentWriter(out, 1, 64);
    for (int i = 0; i < STATES.length; i++) {
      byte[] state = new byte[STATES[i]];
      Arrays.fill(state, (byte) (i + 1));
      writer.add(new byte[] {(byte) (i + 1)}, 1, state, state.length);
    }
    Lane lane = new Lane("topic", 2, 5);
    Tally tally = new Tally(5, 1, 1, List.of(new Tally.Sample(lane, 17, "÷ 0")));
    writer.finish("00112233445566778899aabbccddeeff", Coverage.of(lane, 10, 19), tally);
    return out.toByteArray();
  }

  @Test
  void theFileIsThatOfTheSpecification() throws Exception {
    assertEquals(HEX.formatHex(expected()), HEX.formatHex(written()));
  }
}
