// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** XXH64 against values that other implementations publish. */
class Hash64Test {
  @Test
  void textsOfEveryLengthClassHashAsPublished() {
    assertEquals(0xEF46DB3751D8E999L, hash(""));
    assertEquals(0xD24EC4F1A98C6E5BL, hash("a"));
    assertEquals(0x44BC2CF5AD770999L, hash("abc"));
    assertEquals(0xEAEC1543F53A8C4BL, hash("Anabranch"));
    assertEquals(0xFBCEA83C8A378BF1L, hash("Nobody inspects the spammish repetition"));
    assertEquals(0x4916A0F3F0E1C781L, hash("0123456789".repeat(7)));
  }

  @Test
  void numbersHashAsTheirBytes() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      long high = random.nextLong();
      long low = random.nextLong();
      byte[] bytes = ByteBuffer.allocate(19).position(3).putLong(high).putLong(low).array();
      assertEquals(Hash64.of(bytes, 3, 8), Hash64.of(high));
      assertEquals(Hash64.of(bytes, 3, 16), Hash64.of(high, low));
    }
    assertEquals(Hash64.of(0L), Hash64.of(-0.0));
    assertEquals(Hash64.of(Double.NaN), Hash64.of(Double.longBitsToDouble(0xFFF8000000000001L)));
  }

  private static long hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Hash64.of(bytes, 0, bytes.length);
  }
}
