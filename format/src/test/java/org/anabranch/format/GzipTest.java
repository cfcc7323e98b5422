// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipTest {
  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(3).nextBytes(bytes);
    return bytes;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void whatWasCompressedComesBackAlsoInSeveralMembers() throws IOException {
    byte[] plain = random(100_000);
    assertArrayEquals(plain, Gzip.inflate(gzip(plain), Limits.BODY_BYTES));
    assertArrayEquals(new byte[0], Gzip.inflate(gzip(new byte[0]), Limits.BODY_BYTES));
    byte[] twice = concat(gzip(plain), gzip(plain));
    assertArrayEquals(concat(plain, plain), Gzip.inflate(twice, Limits.BODY_BYTES));
  }

  @Test
  void headersWithNamesAreRead() throws IOException {
    byte[] body = gzip(new byte[] {7});
    byte[] header = Arrays.copyOf(body, 10);
    header[3] = 4 | 8 | 16 | 2;
    byte[] more = {2, 0, 9, 9, 'n', 'a', 0, 'c', 0, 1, 2};
    byte[] rest = Arrays.copyOfRange(body, 10, body.length);
    assertArrayEquals(
        new byte[] {7}, Gzip.inflate(concat(concat(header, more), rest), Limits.BODY_BYTES));
  }

  @Test
  void aBodyBeyondTheLimitIsRefusedByName() {
    byte[] body = gzip(random(3000));
    LimitException e = assertThrows(LimitException.class, () -> Gzip.inflate(body, 2999));
    assertEquals("Cannot take a body of more than 2999 bytes after inflating", e.getMessage());
  }

  @Test
  void aBombIsRefusedBeforeItIsInflated() throws IOException {
    byte[] zeros = gzip(new byte[8 << 20]);
    LimitException e =
        assertThrows(LimitException.class, () -> Gzip.inflate(zeros, Limits.BODY_BYTES));
    assertTrue(e.getMessage().contains("100 times its size"), e.getMessage());
    assertEquals(1 << 20, Gzip.inflate(gzip(new byte[1 << 20]), Limits.BODY_BYTES).length);
    try (var in = Gzip.open(new ByteArrayInputStream(zeros), Long.MAX_VALUE)) {
      assertEquals(8 << 20, in.readAllBytes().length);
    }
  }

  @Test
  void damageIsAlwaysNoticed() {
    byte[] plain = random(2000);
    byte[] body = gzip(plain);
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThrows(FramingException.class, () -> Gzip.inflate(cut, Limits.BODY_BYTES));
    }
    int noticed = 0;
    for (int i = 10; i < body.length; i++) {
      byte[] changed = body.clone();
      changed[i] ^= 0x10;
      try {
        // A few bits of the format are padding: there nothing is damaged.
        assertArrayEquals(plain, Gzip.inflate(changed, Limits.BODY_BYTES), "byte " + i);
      } catch (IOException e) {
        noticed++;
      }
    }
    assertTrue(noticed >= plain.length + 8, "noticed " + noticed);
  }

  @Test
  void whatStandsBehindTheLastMemberIsCalledThat() {
    for (int size : new int[] {3, 40_000}) {
      byte[] body = concat(gzip(random(size)), gzip(random(size)));
      String at = "its gzip ends at byte " + body.length + ", and ";
      assertEquals(at + "zeros stand" + cut(body), why(concat(body, new byte[512])));
      for (String more : List.of("x", "more text", "\u001fx")) {
        String message = why(concat(body, more.getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(at + "something else stands" + cut(body), message);
      }
      assertEquals(
          "it is cut short", why(Arrays.copyOf(concat(body, gzip(new byte[1])), body.length + 5)));
    }
    assertEquals("it does not begin as gzip does", why(new byte[] {'x', 'y'}));
    byte[] other = gzip(new byte[1]);
    other[2] = 7;
    assertEquals("its compression method is 7, and only 8 (deflate) is known", why(other));
  }

  private static String cut(byte[] body) {
    return " behind it; cut that off, such as with head -c " + body.length;
  }

  private static String why(byte[] body) {
    String message =
        assertThrows(FramingException.class, () -> Gzip.inflate(body, Limits.BODY_BYTES))
            .getMessage();
    return message.replaceFirst("^Cannot inflate the body: ", "");
  }
}
