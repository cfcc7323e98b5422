// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.anabranch.format.Events.bytes;
import static org.anabranch.format.Events.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Column;
import org.anabranch.view.Rejection;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** Delimiters, quotes and header names: of a stream, of a body, and as they stand in the log. */
class CsvStyleTest {
  private static final Column[] COLUMNS = {
    column("id", Type.INTEGER), column("name", Type.VARCHAR), column("age", Type.INTEGER)
  };
  private static final List<StreamDefinition> STREAMS =
      List.of(
          Events.json(COLUMNS),
          Events.csv(COLUMNS),
          Events.stream(Map.of("format", "csv", "delimiter", ";"), COLUMNS),
          Events.stream(Map.of("format", "csv", "delimiter", "tab", "quote", "none"), COLUMNS));

  private static Frame frame(StreamDefinition stream, String type, String body) throws IOException {
    List<Frame> frames = Framing.of(type, stream).frameAll(bytes(body));
    assertEquals(1, frames.size(), body);
    return frames.get(0);
  }

  /** What the answer says of an event and what a reader of the log makes of what was appended. */
  private static Object row(StreamDefinition stream, String type, String body) throws IOException {
    Frame frame = frame(stream, type, body);
    RowsBuilder rows = new RowsBuilder(stream);
    Transcoder.Transcoded appended = new Transcoder(stream).toDeclared(frame, rows);
    Events.Outcome read =
        Events.decode(
            Decoders.of(stream),
            stream,
            appended.bytes(),
            0,
            appended.bytes().length,
            appended.contentType());
    assertEquals(appended.rejection(), read.rejection(), body);
    return read.rejection() == null ? read.values() : read.rejection().code();
  }

  @Test
  void aBodyInAnyStyleIsTheSameRowsInEveryStream() throws IOException {
    String[][] bodies = {
      {"text/csv;delimiter=comma;quote=double", "id,name,age\n1,\"a,b\",3\n"},
      {"text/csv; delimiter=%3B; quote=double", "age;id;name\r\n3;1;a,b\r\n"},
      {"text/csv; Delimiter=\";\"; Quote=\"double\"", "age;id;name\n3;1;\"a,b\""},
      {"text/csv; delimiter=tab; quote=none", "id\tname\tage\n1\ta,b\t3\n"},
      {"text/csv; delimiter=%09; quote=None; header=absent", "1\ta,b\t3\n"},
      {"text/csv; delimiter=|; quote=double", "\ufeff id | name |\u00a0age\t\n1|a,b|3\n"},
      {"text/csv; delimiter=space; quote=double", "\"\ufeffid\" \" NAME \" age\n1 a,b 3\n"},
    };
    for (StreamDefinition stream : STREAMS) {
      for (String[] body : bodies) {
        assertEquals(Arrays.asList(1L, "a,b", 3L), row(stream, body[0], body[1]), body[0]);
      }
    }
  }

  @Test
  void aBadRowKeepsTheStyleThatItWasJudgedBy() throws IOException {
    for (StreamDefinition stream : STREAMS) {
      for (String[] one :
          new String[][] {
            {"text/csv; delimiter=|; quote=double", "id|name\nx|\"a|b\"\n", "type"},
            {"text/csv; delimiter=|; quote=none", "id|name\n1|\"a|b\"\n", "syntax"},
            {"text/csv; delimiter=|; quote=none; header=absent", "1|a\n", "syntax"},
            {"text/csv; delimiter=|; quote=double; header=absent", "1|\"a|b|3\n4|\"\n", "syntax"}
          }) {
        assertEquals(one[2], row(stream, one[0], one[1]), one[0]);
      }
    }
    Frame frame = frame(STREAMS.get(1), "text/csv; delimiter=|; quote=none", "id|name\nx|\"\n");
    assertEquals("text/csv;delimiter=%7C;quote=none;header=id|name", frame.contentType());
  }

  /** What was stored before there were styles: the stream's own delimiter, names as they stand. */
  @Test
  void aStoredHeaderLineMeansWhatItMeantWhenItWasStored() {
    StreamDefinition commas = STREAMS.get(1);
    StreamDefinition semicolons = STREAMS.get(2);
    assertEquals(
        Arrays.asList(1L, null, null),
        Events.decode(commas, "1,x,2", "text/csv;header=id, name, age").values());
    assertEquals(
        Arrays.asList(1L, "x", null),
        Events.decode(semicolons, "x;1", "text/csv;header=name;id").values());
    assertEquals(
        Arrays.asList(1L, null, null),
        Events.decode(commas, "1,x", "text/csv;header=id,\"quote=none;header=name\"").values());
    assertEquals(
        "syntax", Events.decode(commas, "1;x", "text/csv;delimiter=;;header=id;name").code());
  }

  @Test
  void theStyleOfTheStreamIsNotRepeatedInTheLog() throws IOException {
    Frame same = frame(STREAMS.get(2), "text/csv; delimiter=semicolon", "id;name;age\nx;y;z\n");
    assertEquals("text/csv", same.contentType());
    Frame other = frame(STREAMS.get(2), "text/csv; delimiter=%3b", "name;id\nx;y\n");
    assertEquals("text/csv;header=name;id", other.contentType());
    Frame trimmed = frame(STREAMS.get(1), "text/csv", "name, id ,\" x\"\na,b,c\n");
    assertEquals("text/csv;header=name,id,x", trimmed.contentType());
  }

  @Test
  void aHeaderLineInAnotherDelimiterIsToldWhichWouldFit() {
    for (String[] one :
        new String[][] {
          {"text/csv", "id;name;age\n", "';' would fit (--delimiter semicolon,"},
          {"text/csv", "id\tname\tage\n", "'\\t' would fit (--delimiter tab,"},
          {"text/csv", "id | name\n", "'|' would fit (--delimiter pipe,"},
          {"text/csv; delimiter=tab", "id,name,age\n", "',' would fit (--delimiter comma,"},
          {"text/csv; quote=none", "x;\"id;name\n", "';' would fit"},
          {"text/csv", "nothing;known\n", "is the header line missing?"}
        }) {
      FramingException e =
          assertThrows(
              FramingException.class,
              () -> Framing.of(one[0], STREAMS.get(0)).frameAll(bytes(one[1])));
      assertTrue(e.getMessage().contains(one[2]), e.getMessage());
      assertTrue(e.getMessage().contains("The columns are id, name, age"), e.getMessage());
    }
  }

  /** Without quotes there is no place for an empty text or one with a delimiter. */
  @Test
  void whatAStreamWithoutQuotesCannotHoldStaysAsItCame() throws IOException {
    StreamDefinition stream = STREAMS.get(3);
    String json = "{\"id\":1,\"name\":%s,\"age\":2}";
    for (String text : List.of("\"a\\tb\"", "\"a\\nb\"", "\"\"")) {
      Frame frame = frame(stream, "application/json", json.formatted(text));
      RowsBuilder rows = new RowsBuilder(stream);
      Transcoder.Transcoded appended = new Transcoder(stream).toDeclared(frame, rows);
      assertNull(appended.rejection());
      assertEquals("application/json", appended.contentType());
    }
    assertEquals(
        Arrays.asList(1L, "a \"b\"", 2L),
        row(stream, "application/json", json.formatted("\"a \\\"b\\\"\"")));
    assertEquals(
        Arrays.asList(1L, "\"b\"", 2L), row(stream, "text/csv", "id\tname\tage\n1\t\"b\"\t2"));
    assertEquals(Arrays.asList(1L, null, 2L), row(stream, "text/csv", "id\tname\tage\n1\t\t2"));
  }

  @Test
  void whatCannotBeAStyleIsRefusedWithTheStream() {
    for (Map<String, String> options :
        List.of(
            Map.of("format", "csv", "delimiter", "ä"),
            Map.of("format", "csv", "delimiter", "\""),
            Map.of("format", "csv", "delimiter", ""),
            Map.of("format", "csv", "quote", "'"))) {
      StreamDefinition stream = Events.stream(options, COLUMNS);
      assertThrows(IllegalArgumentException.class, () -> Decoders.of(stream), options.toString());
    }
  }

  @Test
  void unknownNamesAreCountedUnderTheirTrimmedName() throws IOException {
    StreamDefinition stream = STREAMS.get(1);
    Frame frame = frame(stream, "text/csv", "id, nmae ,age\n1,x,2\n");
    RowsBuilder rows = new RowsBuilder(stream).namingUnknown();
    Rejection rejection =
        Decoders.of(stream)
            .decode(frame.bytes(), frame.offset(), frame.length(), frame.contentType(), rows);
    assertNull(rejection);
    rows.commitRow(0, 0);
    assertEquals(Map.of("nmae", 1L), rows.takeUnknown().names());
    assertNotNull(NearestField.of("nmae", stream).orElse(null));
  }
}
