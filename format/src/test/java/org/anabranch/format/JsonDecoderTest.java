// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.anabranch.format.Events.bytes;
import static org.anabranch.format.Events.column;
import static org.anabranch.format.Events.decode;
import static org.anabranch.format.Events.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Column;
import org.anabranch.view.Rejection;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

class JsonDecoderTest {
  private static final StreamDefinition TWO =
      json(column("a", Type.BIGINT), column("b", Type.VARCHAR));

  @Test
  void fieldsComeInAnyOrderAndWithAnySpace() {
    assertEquals(List.of(1L, "x"), decode(TWO, " {\t\"b\" : \"x\" ,\r\n \"a\":1 } \n").values());
  }

  @Test
  void namesMatchWithCaseAndEscapesInThemAreUndone() {
    assertEquals(2, decode(TWO, "{\"A\":1,\"B\":2}").unknownFields());
    assertEquals(List.of(1L, "x"), decode(TWO, "{\"\\u0061\":1,\"\\u0062\":\"x\"}").values());
  }

  @Test
  void aNameWithAQuoteIsNotMistakenForTheTextUpToIt() {
    StreamDefinition stream = json(column("a\"b", Type.BIGINT), column("c", Type.BIGINT));
    EventDecoder decoder = Decoders.of(stream);
    byte[] event = bytes("{\"a\\\"b\":1,\"c\":2}");
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of(1L, 2L), decode(decoder, stream, event, 0, event.length, "").values());
    }
    byte[] other = bytes("{\"a\"b\":1,\"c\":2}");
    assertEquals("syntax", decode(decoder, stream, other, 0, other.length, "").code());
  }

  @Test
  void unknownFieldsAreSkippedValidatedAndCounted() {
    Events.Outcome outcome =
        decode(TWO, "{\"x\":{\"y\":[1,{\"z\":null}],\"y2\":\"\\n\"},\"a\":1,\"q\":true}");
    assertEquals(Arrays.asList(1L, null), outcome.values());
    assertEquals(2, outcome.unknownFields());
    assertEquals("syntax", decode(TWO, "{\"x\":[1,],\"a\":1}").code());
    assertEquals("syntax", decode(TWO, "{\"x\":\"\\q\"}").code());
    assertEquals("syntax", decode(TWO, "{\"x\":01}").code());
  }

  @Test
  void aSecondFieldOfTheSameNameIsRejectedAlsoWhereNoColumnAsksForIt() {
    assertEquals("duplicate", decode(TWO, "{\"a\":1,\"a\":1}").code());
    assertEquals("duplicate", decode(TWO, "{\"a\":1,\"\\u0061\":1}").code());
    assertEquals("duplicate", decode(TWO, "{\"z\":1,\"z\":2}").code());
    assertNull(decode(TWO, "{\"z\":{\"y\":1,\"y\":2}}").code());
  }

  @Test
  void manyUnknownNamesAreToldApart() {
    StringBuilder event = new StringBuilder("{");
    for (int i = 0; i < 5000; i++) {
      event.append("\"f").append(i).append("\":").append(i).append(',');
    }
    String twice = event + "\"f4999\":0}";
    String once = event + "\"a\":7}";
    EventDecoder decoder = Decoders.of(TWO);
    for (int i = 0; i < 3; i++) {
      Events.Outcome outcome = decode(decoder, TWO, bytes(once), 0, once.length(), "");
      assertEquals(7L, outcome.value(0));
      assertEquals(5000, outcome.unknownFields());
      assertEquals("duplicate", decode(decoder, TWO, bytes(twice), 0, twice.length(), "").code());
    }
  }

  @Test
  void columnsLookInsideObjects() {
    StreamDefinition stream =
        json(
            column("x", Type.BIGINT, "field", "a.b"),
            column("y", Type.BIGINT, "field", "a.c.d"),
            column("z", Type.BIGINT));
    assertEquals(
        List.of(1L, 2L, 3L), decode(stream, "{\"a\":{\"c\":{\"d\":2},\"b\":1},\"z\":3}").values());
    assertEquals(Arrays.asList(null, null, 3L), decode(stream, "{\"z\":3,\"a\":null}").values());
    assertEquals(Arrays.asList(null, null, 3L), decode(stream, "{\"z\":3}").values());
    assertEquals("type", decode(stream, "{\"a\":5}").code());
    assertEquals("duplicate", decode(stream, "{\"a\":{\"b\":1},\"a\":{\"c\":{\"d\":2}}}").code());
    assertEquals(2, decode(stream, "{\"a\":{\"q\":1,\"c\":{\"r\":1}}}").unknownFields());
  }

  @Test
  void aNullOnTheWayIsANullAndNotAMissingField() {
    Column filled =
        new Column("x", Type.BIGINT, true, java.util.Optional.of(7L), Map.of("field", "a.b"));
    assertNull(decode(json(filled), "{\"a\":null}").value(0));
    assertEquals(7L, decode(json(filled), "{\"a\":{}}").value(0));
    assertEquals(7L, decode(json(filled), "{}").value(0));
  }

  @Test
  void missingIsDefaultNullIsNullAndNotNullRejectsBoth() {
    StreamDefinition stream =
        json(Column.required("r", Type.BIGINT), Events.withDefault("d", Type.BIGINT, true, 9L));
    assertEquals(List.of(1L, 9L), decode(stream, "{\"r\":1}").values());
    assertEquals(Arrays.asList(1L, null), decode(stream, "{\"r\":1,\"d\":null}").values());
    assertEquals(
        new Rejection("missing", "r", "Cannot do without \"r\": it is NOT NULL and has no DEFAULT"),
        decode(stream, "{\"d\":1}").rejection());
    assertEquals(
        new Rejection("null", "r", "Cannot take null for \"r\": it is NOT NULL"),
        decode(stream, "{\"r\":null}").rejection());
  }

  @Test
  void unknownFieldsAreKeptWhereTheyWereInCanonicalForm() {
    StreamDefinition stream =
        Events.stream(Map.of("unknown", "keep"), column("x", Type.BIGINT, "field", "a.b"));
    Events.Outcome outcome =
        decode(
            stream,
            "{ \"z\" : [ 1.50 , {\"q\":1,\"p\":\"\\u00e4\\/\"} ], \"a\": {\"b\":1,\"c\":null}, \"m\":1e2 }");
    assertEquals(
        "{\"a\":{\"c\":null},\"m\":1e2,\"z\":[1.50,{\"p\":\"ä/\",\"q\":1}]}", outcome.value(1));
    assertEquals(3, outcome.unknownFields());
    assertNull(decode(stream, "{\"a\":{\"b\":1}}").value(1));
    assertEquals("duplicate", decode(stream, "{\"z\":{\"y\":1,\"y\":2}}").code());
  }

  @Test
  void limitsHoldAndTheValueBelowThemPasses() {
    String deep = "{\"x\":" + "[".repeat(63) + "]".repeat(63) + "}";
    String deeper = "{\"x\":" + "[".repeat(64) + "]".repeat(64) + "}";
    assertNull(decode(TWO, deep).code());
    assertEquals("limit", decode(TWO, deeper).code());
    String name = "n".repeat(Limits.NAME_BYTES);
    assertNull(decode(TWO, "{\"" + name + "\":1}").code());
    assertEquals("limit", decode(TWO, "{\"" + name + "n\":1}").code());
    assertEquals("limit", decode(TWO, "{\"x\":{\"" + name + "n\":1}}").code());
    String text = "t".repeat(Limits.STRING_BYTES);
    assertEquals(text, decode(TWO, "{\"b\":\"" + text + "\"}").value(1));
    assertEquals("limit", decode(TWO, "{\"b\":\"" + text + "t\"}").code());
    assertEquals("limit", decode(TWO, "{\"x\":\"" + text + "\\n\"}").code());
    String digits = "1".repeat(Limits.NUMBER_DIGITS);
    assertNull(decode(TWO, "{\"x\":" + digits + "}").code());
    assertEquals("limit", decode(TWO, "{\"x\":" + digits + "1}").code());
    assertEquals("limit", decode(TWO, "{\"a\":1e1000}").code());
    assertEquals("limit", decode(TWO, "{\"a\":0e99999999999999999999}").code());
    assertEquals("limit", decode(TWO, " ".repeat(Limits.EVENT_BYTES - 1) + "{}").code());
    assertNull(decode(TWO, " ".repeat(Limits.EVENT_BYTES - 2) + "{}").code());
  }

  @Test
  void reasonsShowTheValueCutShort() {
    Rejection rejection = decode(TWO, "{\"a\":\"" + "\\n" + "ä".repeat(200) + "\"}").rejection();
    assertEquals("a", rejection.column());
    assertEquals(
        "Cannot read the text \"\\n" + "ä".repeat(59) + "...\" as BIGINT: expected a whole number",
        rejection.reason());
    assertEquals(
        "Cannot read JSON at byte 6: expected a value, found \"tru}\"",
        decode(TWO, "{\"a\":tru}").rejection().reason());
  }

  @Test
  void aRejectedRowLeavesNoTrace() {
    EventDecoder decoder = Decoders.of(TWO);
    RowsBuilder rows = new RowsBuilder(TWO);
    for (int i = 0; i < 1000; i++) {
      byte[] bad = bytes("{\"x\":1,\"b\":\"lost\",\"a\":" + (i % 2 == 0 ? "null" : "5") + ",");
      assertEquals("syntax", decoder.decode(bad, 0, bad.length, "", rows).code());
      rows.rollbackRow();
      byte[] good =
          bytes("{\"a\":" + i + ",\"b\":" + (i % 3 == 0 ? "null" : "\"t" + i + "\"") + "}");
      assertNull(decoder.decode(good, 0, good.length, "", rows));
      rows.commitRow(2L * i + 1, 5);
    }
    assertEquals(0, rows.unknownFields());
    var chunk =
        rows.build(new org.anabranch.view.Lane("t", 0, 0), new org.anabranch.view.Range(0, 2000));
    for (int i = 0; i < 1000; i++) {
      assertEquals((long) i, chunk.column(0).get(i));
      assertEquals(i % 3 == 0 ? null : "t" + i, chunk.column(1).get(i));
      assertEquals(2L * i + 1, chunk.position(i));
    }
    assertEquals(0, rows.size());
    assertEquals(1000, chunk.size());
  }

  @Test
  void fieldsThatCollideAreRefusedWithTheStream() {
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Decoders.of(
                        json(column("x", Type.BIGINT, "field", "a"), column("a", Type.BIGINT))))
            .getMessage()
            .contains("into two columns, x and a"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Decoders.of(json(column("a", Type.BIGINT), column("x", Type.BIGINT, "field", "a.b"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> Decoders.of(json(column("x", Type.BIGINT, "field", "a..b"))));
  }
}
