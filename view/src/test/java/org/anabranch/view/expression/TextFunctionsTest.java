// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.anabranch.view.expression.Expressions.*;
import static org.anabranch.view.expression.Operator.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

final class TextFunctionsTest {
  private static final long SEED = 8859;

  @Test
  void substringsCountAsInPostgres() {
    assertEquals("a", value(SUBSTRING, text("abcdef"), whole(-1), whole(3)));
    assertEquals("bcdef", value(SUBSTRING, text("abcdef"), whole(2), whole(2147483647)));
    assertEquals("abc", value(SUBSTRING, text("abc"), whole(0)));
    assertEquals("", value(SUBSTRING, text("abc"), whole(4)));
    assertEquals("", value(SUBSTRING, text("abc"), whole(-5), whole(3)));
    assertEquals("abc", value(SUBSTRING, text("abc"), big(Long.MIN_VALUE)));
    assertEquals("bc", value(SUBSTRING, text("abc"), big(2), big(Long.MAX_VALUE)));
    assertEquals("😀b", value(SUBSTRING, text("a😀b"), whole(2), whole(2)));
    assertTrue(error(SUBSTRING, text("abc"), whole(2), whole(-1)).contains("negative length -1"));
  }

  @Test
  void substringsAreTheCodePointsAtTheirPlaces() {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    RandomValues values = new RandomValues(random);
    for (int i = 0; i < 20_000; i++) {
      String text = (String) values.value(Type.VARCHAR);
      int[] points = text.codePoints().toArray();
      int start = random.nextInt(20) - 5;
      int length = random.nextInt(15);
      StringBuilder expected = new StringBuilder();
      for (int place = start; place < start + length; place++) {
        if (place >= 1 && place <= points.length) {
          expected.appendCodePoint(points[place - 1]);
        }
      }
      assertEquals(expected.toString(), value(SUBSTRING, text(text), whole(start), whole(length)));
      assertEquals((long) points.length, value(CHAR_LENGTH, text(text)));
    }
  }

  @Test
  void trimTakesAwayAnyOfTheCharacters() {
    assertEquals("a", value(TRIM_BOTH, text("  a ")));
    assertEquals("a ", value(TRIM_LEADING, text("xyxa "), text("yx")));
    assertEquals("\t a", value(TRIM_BOTH, text("\t a ")));
    assertEquals("", value(TRIM_TRAILING, text("😀😀"), text("😀")));
    assertEquals(" a ", value(TRIM_BOTH, text(" a "), text("")));
  }

  @Test
  void positionAndReplaceFindTheFirstAndEvery() {
    assertEquals(1L, value(POSITION, text(""), text("abc")));
    assertEquals(3L, value(POSITION, text("b"), text("a😀b")));
    assertEquals(0L, value(POSITION, text("x"), text("abc")));
    assertEquals("abc", value(REPLACE, text("abc"), text(""), text("x")));
    assertEquals("xxcxx", value(REPLACE, text("ababcabab"), text("ab"), text("x")));
  }

  /** As PostgreSQL's documentation and its regression tests have them. */
  @Test
  void piecesCountFromEitherEnd() {
    assertEquals("def", value(SPLIT_PART, text("abc~@~def~@~ghi"), text("~@~"), whole(2)));
    assertEquals("ghi", value(SPLIT_PART, text("abc,def,ghi,jkl"), text(","), whole(-2)));
    assertEquals("", value(SPLIT_PART, text("joeuser@mydatabase"), text("@"), whole(3)));
    assertEquals("", value(SPLIT_PART, text("joeuser@mydatabase"), text("@"), whole(-3)));
    assertEquals("joeuser", value(SPLIT_PART, text("joeuser@mydatabase"), text("@"), whole(-2)));
    assertEquals("abc", value(SPLIT_PART, text("abc"), text(""), whole(1)));
    assertEquals("abc", value(SPLIT_PART, text("abc"), text(""), whole(-1)));
    assertEquals("", value(SPLIT_PART, text("abc"), text(""), whole(2)));
    assertEquals("", value(SPLIT_PART, text(""), text("@"), whole(1)));
    assertEquals("ax", value(SPLIT_PART, text("aaax"), text("aa"), whole(-1)));
    assertTrue(error(SPLIT_PART, text("a"), text("@"), whole(0)).contains("piece 0"));
  }

  @Test
  void textsAreFilledOrCutToALength() {
    assertEquals("xyxhi", value(LPAD, text("hi"), whole(5), text("xy")));
    assertEquals("xyxyxyhi", value(LPAD, text("hi"), whole(8), text("xy")));
    assertEquals("hixyx", value(RPAD, text("hi"), whole(5), text("xy")));
    assertEquals("   hi", value(LPAD, text("hi"), whole(5)));
    assertEquals("xyx", value(LPAD, text("xyxhi"), whole(3)));
    assertEquals("", value(RPAD, text("hi"), whole(-5), text("xy")));
    assertEquals("hello", value(RPAD, text("hello"), whole(9), text("")));
    assertEquals("é😀é😀x", value(LPAD, text("x"), whole(5), text("é😀")));
    assertEquals("PgPgPgPg", value(REPEAT, text("Pg"), whole(4)));
    assertEquals("", value(REPEAT, text("Pg"), whole(-4)));
    assertEquals("edcba", value(REVERSE, text("abcde")));
    assertEquals("b😀a", value(REVERSE, text("a😀b")));
    assertTrue(error(LPAD, text("a"), big(Long.MAX_VALUE), text("x")).contains("at most"));
    assertTrue(error(REPEAT, text("ab"), whole(1 << 30)).contains("at most"));
  }

  @Test
  void concatTurnsOthersIntoText() {
    assertEquals("a5", value(CONCAT, text("a"), whole(5)));
    assertEquals("1.50 true", value(CONCAT, decimal("1.50"), text(" "), TRUE));
    assertEquals(null, value(CONCAT, text("a"), NULL));
    assertTrue(refusal(CONCAT, whole(1), whole(2)).contains("write CAST"));
  }

  @Test
  void noFunctionMakesATextOfMoreThanSixteenMebibytes() {
    Expression large = text("é".repeat(TextFunctions.MAX_BYTES / 2));
    assertEquals(TextFunctions.MAX_BYTES / 2L, value(CHAR_LENGTH, call(CONCAT, large, text(""))));
    assertTrue(error(CONCAT, large, text("a")).contains("at most 16777216"));
    Expression many = text("a".repeat(1_000_000));
    assertTrue(error(REPLACE, many, text("a"), text("x".repeat(100))).contains("at most"));
  }

  @Test
  void textComparesByCodePoints() {
    System.out.println("seed " + SEED);
    RandomValues values = new RandomValues(new Random(SEED + 1));
    for (int i = 0; i < 50_000; i++) {
      String left = (String) values.value(Type.VARCHAR);
      String right =
          i % 2 == 0 ? left + values.value(Type.VARCHAR) : (String) values.value(Type.VARCHAR);
      int expected = Arrays.compareUnsigned(utf8(left), utf8(right));
      assertEquals(Integer.signum(expected), Integer.signum(TextFunctions.compare(left, right)));
    }
    assertTrue(TextFunctions.compare("\uFFFD", "😀") < 0);
    assertEquals(false, value(EQUAL, text("a"), text("a ")));
    assertEquals(true, value(LESS, text("B"), text("a")));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void caseIsThatOfUnicodeThirteenOnEveryJdk() {
    CRC32 sum = new CRC32();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      int upper = CaseMapping.TO_UPPER.map(c);
      int lower = CaseMapping.TO_LOWER.map(c);
      for (int shift = 0; shift < 24; shift += 8) {
        sum.update(upper >> shift);
        sum.update(lower >> shift);
      }
      if (Runtime.version().feature() == 17) {
        assertEquals(Character.toUpperCase(c), upper);
        assertEquals(Character.toLowerCase(c), lower);
      }
    }
    assertEquals(3_475_188_822L, sum.getValue());
    assertEquals("STRAßE ÉTÉ", value(UPPER, text("straße été")));
    assertEquals("straße été", value(LOWER, text("STRAßE ÉTÉ")));
  }

  @Test
  void likeMatchesTheWholeText() {
    assertEquals(true, value(LIKE, text("abc"), text("%b_")));
    assertEquals(true, value(LIKE, text(""), text("%")));
    assertEquals(false, value(LIKE, text("x"), text("")));
    assertEquals(true, value(LIKE, text("a%"), text("a\\%")));
    assertEquals(false, value(LIKE, text("ab"), text("a\\%")));
    assertEquals(true, value(LIKE, text("é"), text("_")));
    assertEquals(true, value(LIKE, text("😀"), text("%_")));
    assertEquals(false, value(LIKE, text("😀"), text("%__")));
    assertEquals(true, value(LIKE, text("abc"), text("a\\bc")));
    assertEquals(true, value(LIKE, text("a\\"), text("a\\"), text("")));
    assertEquals(true, value(LIKE, text("50%"), text("50!%"), text("!")));
    assertEquals(null, value(LIKE, NULL, text("a")));
  }

  @Test
  void likeIsWhatItsDefinitionSays() throws EvaluationException {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED + 2);
    int matches = 0;
    for (int i = 0; i < 100_000; i++) {
      String text = letters(random, "abé😀", 8);
      String pattern = letters(random, "abé😀%%__", 6);
      boolean expected = defined(text.codePoints().toArray(), 0, pattern.codePoints().toArray(), 0);
      assertEquals(expected, LikePattern.of(pattern, "").matches(text), text + " " + pattern);
      matches += expected ? 1 : 0;
    }
    assertTrue(matches > 5000, "only " + matches);
  }

  private static String letters(Random random, String alphabet, int most) {
    int[] points = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static boolean defined(int[] text, int at, int[] pattern, int next) {
    if (next == pattern.length) {
      return at == text.length;
    }
    if (pattern[next] == '%') {
      return defined(text, at, pattern, next + 1)
          || (at < text.length && defined(text, at + 1, pattern, next));
    }
    return at < text.length
        && (pattern[next] == '_' || pattern[next] == text[at])
        && defined(text, at + 1, pattern, next + 1);
  }

  @Test
  void aHostilePatternIsNoTrap() throws EvaluationException {
    LikePattern pattern = LikePattern.of("%a".repeat(50) + "%b", "");
    String text = "a".repeat(20_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertEquals(false, pattern.matches(text)));
  }
}
