// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.anabranch.engine.operator.TextHash;
import org.anabranch.view.Trials;
import org.junit.jupiter.api.Test;

final class TextDictionaryTest {
  @Test
  void textsHaveOneCodeExactlyIfTheirBytesAreEqualWhereverTheyLie() {
    Trials.run(
        200,
        random -> {
          TextDictionary dictionary = new TextDictionary();
          Map<ByteBuffer, Integer> codes = new HashMap<>();
          for (int i = 0; i < 500; i++) {
            byte[] text = new byte[random.nextInt(random.nextBoolean() ? 4 : 40)];
            for (int at = 0; at < text.length; at++) {
              text[at] = (byte) random.nextInt(2);
            }
            int before = random.nextInt(9);
            byte[] page = new byte[before + text.length + random.nextInt(9)];
            random.nextBytes(page);
            System.arraycopy(text, 0, page, before, text.length);
            int code = dictionary.code(page, before, before + text.length);
            Integer known = codes.putIfAbsent(ByteBuffer.wrap(text), code);
            assertEquals(known == null ? codes.size() - 1 : known, code);
            int start = dictionary.start(code);
            byte[] kept =
                Arrays.copyOfRange(dictionary.page(code), start, start + dictionary.length(code));
            assertArrayEquals(text, kept);
          }
        });
  }

  @Test
  void textsOfOneHashThatDifferOnlyInTheirMiddleAreDifferent() {
    long first = 11;
    long last = 22;
    byte[] one = text(first, 1, 2, last);
    // the hash mixes word after word, so the third can make up for another second
    long seed = TextHash.mix(first ^ one.length * 0x9E3779B97F4A7C15L);
    byte[] other = text(first, 3, 2 ^ TextHash.mix(seed ^ 1) ^ TextHash.mix(seed ^ 3), last);
    assertEquals(TextHash.of(one, 0, 32), TextHash.of(other, 0, 32));
    TextDictionary dictionary = new TextDictionary();
    assertNotEquals(dictionary.code(one, 0, 32), dictionary.code(other, 0, 32));
  }

  private static byte[] text(long... words) {
    ByteBuffer text = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : words) {
      text.putLong(word);
    }
    return text.array();
  }
}
