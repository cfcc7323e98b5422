// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** JSON against an independent parser: the same events are JSON, with the same values. */
class JacksonDifferentialTest {
  private static final long SEED = 4711;
  private static final StreamDefinition STREAM =
      Events.stream(
          Map.of("unknown", "keep"),
          Events.column("s", Type.VARCHAR),
          Events.column("i", Type.BIGINT),
          Events.column("d", Type.DOUBLE),
          Events.column("b", Type.BOOLEAN));
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
          .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
          .build();
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\"s\":",
          "\"i\":",
          "\"d\":",
          "\"b\":",
          "\"x\":",
          "\"text\"",
          "\"\\u00e4\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud83d\"",
          "\\n",
          "ä",
          "😀",
          "1",
          "-",
          "0",
          ".",
          "e",
          "E+",
          "17",
          "1.5",
          "-0",
          "1e5",
          "true",
          "false",
          "null",
          " ",
          "\n",
          "\t",
          "\u0001",
          "\u007f",
          "/",
          "//",
          "NaN",
          "'",
          "{}",
          "[]",
          "{\"y\":[1,2]}");

  @Test
  void mutatedEventsAreJsonForBothOrForNeither() {
    Random random = new Random(SEED);
    EventDecoder decoder = Decoders.of(STREAM);
    int good = 0;
    int bad = 0;
    for (int round = 0; round < 60_000; round++) {
      byte[] event = mutated(valid(random), random);
      Map<String, Object> expected = jackson(event);
      Events.Outcome outcome = Events.decode(decoder, STREAM, event, 0, event.length, "");
      String code = outcome.code();
      boolean isJson = code == null || List.of("type", "range", "limit").contains(code);
      int seen = round;
      // A type at fault ends the decoding, so that faults behind it are not looked for.
      if (code == null || expected != null) {
        assertEquals(
            expected != null,
            isJson,
            () -> "seed " + SEED + " round " + seen + ": " + text(event) + " " + code);
      }
      if (code == null) {
        assertValues(expected, outcome, event);
        good++;
      } else {
        bad++;
      }
    }
    assertTrue(good > 5_000 && bad > 5_000, good + " good, " + bad + " bad, seed " + SEED);
  }

  private static void assertValues(
      Map<String, Object> expected, Events.Outcome outcome, byte[] event) {
    assertEquals(expected.get("s"), outcome.value(0), () -> text(event));
    assertEquals(number(expected.get("i")), outcome.value(1), () -> text(event));
    Object d = expected.get("d");
    Double rounded = d == null ? null : Double.parseDouble((String) d) + 0.0;
    assertEquals(rounded, outcome.value(2), () -> text(event));
    assertEquals(expected.get("b"), outcome.value(3), () -> text(event));
    Map<String, Object> unknown = new HashMap<>(expected);
    List.of("s", "i", "d", "b").forEach(unknown::remove);
    Object rest = outcome.value(4);
    assertEquals(
        unknown, rest == null ? Map.of() : jackson(Events.bytes((String) rest)), () -> text(event));
  }

  private static Object number(Object text) {
    return text == null ? null : new java.math.BigDecimal((String) text).longValueExact();
  }

  /** The event as a map, numbers as their text, or null if it is not one JSON object. */
  private static Map<String, Object> jackson(byte[] event) {
    if (Utf8.firstInvalid(event, 0, event.length) >= 0) {
      return null;
    }
    // A string, because Jackson reads bytes as UTF-16 or UTF-32 too.
    try (JsonParser parser = JACKSON.createParser(text(event))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Map<String, Object> object = object(parser);
      return parser.nextToken() == null ? object : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      checkSurrogates(name);
      parser.nextToken();
      object.put(name, value(parser));
    }
    return object;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> {
        checkSurrogates(parser.getText());
        yield parser.getText();
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  /** Jackson takes half surrogate pairs; this product does not. */
  private static void checkSurrogates(String text) throws IOException {
    if (!text.equals(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))) {
      throw new IOException("half of a surrogate pair");
    }
  }

  private static byte[] valid(Random random) {
    List<String> members = new ArrayList<>();
    for (String name : List.of("s", "i", "d", "b", "x", "y\\u0020", "ä")) {
      if (random.nextBoolean()) {
        members.add(random.nextInt(members.size() + 1), '"' + name + "\":" + value(name, random));
      }
    }
    return Events.bytes(" {" + String.join(" , ", members) + "} ");
  }

  private static String value(String name, Random random) {
    return switch (name) {
      case "s" -> "\"" + "longer text ".repeat(random.nextInt(4)) + "\\t\\u00fc€\"";
      case "i" -> random.nextInt(3) == 0 ? random.nextInt(99) + ".0" : "" + random.nextLong();
      case "d" ->
          random.nextInt(3) == 0 ? "" + random.nextInt() / 1000.0 : random.nextGaussian() + "";
      case "b" -> "" + random.nextBoolean();
      default -> "{\"n\":[1,-0.5e3,{\"m\":null}],\"t\":\"\\\\\\\"\"}";
    };
  }

  /** No change, or up to three bytes or pieces put in, taken out or replaced. */
  static byte[] mutated(byte[] event, Random random) {
    byte[] result = event;
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      byte[] piece =
          random.nextInt(8) == 0
              ? new byte[] {(byte) random.nextInt(256)}
              : Events.bytes(PIECES.get(random.nextInt(PIECES.size())));
      int from = random.nextInt(result.length + 1);
      int to = Math.min(result.length, from + random.nextInt(3));
      byte[] changed = Arrays.copyOf(result, from + piece.length + result.length - to);
      System.arraycopy(piece, 0, changed, from, piece.length);
      System.arraycopy(result, to, changed, from + piece.length, result.length - to);
      result = changed;
    }
    return result;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
