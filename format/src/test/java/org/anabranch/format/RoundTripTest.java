// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.Rejection;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Vector;
import org.junit.jupiter.api.Test;

/** Laws over random streams and rows. */
class RoundTripTest {
  private static final long SEED = 20260807;
  private static final int STREAMS = 600;
  private static final int ROWS = 20;

  private static List<Object> row(RowsBuilder rows, int row) {
    List<Object> values = new ArrayList<>();
    for (Vector vector : rows.vectors()) {
      values.add(vector.get(row));
    }
    return values;
  }

  /** What decodes is written so that it decodes to the same. */
  @Test
  void everyRowThatIsDecodedIsWrittenToTheSameRow() {
    Random random = new Random(SEED);
    int same = 0;
    int held = 0;
    for (int i = 0; i < STREAMS; i++) {
      RandomRows generator = new RandomRows(random);
      StreamDefinition stream = generator.stream(i % 2 == 0 ? "json" : "csv");
      RowsBuilder rows = new RowsBuilder(stream);
      for (int row = 0; row < ROWS; row++) {
        generator.fill(rows);
      }
      EventWriter writer = EventWriter.of(stream);
      EventDecoder decoder = Decoders.of(stream);
      RowsBuilder first = new RowsBuilder(stream);
      RowsBuilder second = new RowsBuilder(stream);
      for (int row = 0; row < ROWS; row++) {
        byte[] event = written(writer, rows.vectors(), row);
        if (event == null) {
          continue;
        }
        Rejection rejection = decoder.decode(event, 0, event.length, "", first);
        if (rejection != null) {
          // A time the pattern has no place for, or a text that is the null token.
          first.rollbackRow();
          continue;
        }
        List<Object> decoded = row(first, first.size());
        held += decoded.equals(row(rows, row)) ? 1 : 0;
        byte[] again = written(writer, first.vectors(), first.size());
        assertEquals(
            text(event).length() == 0, text(again).length() == 0, "seed " + SEED + " stream " + i);
        assertNull(decoder.decode(again, 0, again.length, "", second), () -> text(again));
        assertEquals(
            decoded, row(second, second.size()), () -> "seed " + SEED + ": " + text(event));
        first.commitRow(row, 0);
        second.commitRow(row, 0);
        same++;
      }
    }
    assertTrue(same > STREAMS * ROWS * 7 / 10, "only " + same + " rows decoded; seed " + SEED);
    assertTrue(held > STREAMS * ROWS * 6 / 10, "only " + held + " rows were held; seed " + SEED);
  }

  /** Null for a row that has no place where quoting is off. */
  private static byte[] written(EventWriter writer, List<Vector> vectors, int row) {
    try {
      return writer.write(vectors, row);
    } catch (Rejected noPlace) {
      return null;
    }
  }

  /** Without patterns, null tokens and unknown fields every row is held by both formats. */
  @Test
  void jsonAndCsvHoldEveryRowExactly() {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < STREAMS; i++) {
      RandomRows generator = new RandomRows(random);
      Schema schema = generator.stream("json").schema();
      for (String format : List.of("json", "csv")) {
        StreamDefinition plain =
            new StreamDefinition(
                "plain", schema, List.of(), java.util.Map.of("format", format), "");
        RowsBuilder rows = new RowsBuilder(plain);
        EventWriter writer = EventWriter.of(plain);
        EventDecoder decoder = Decoders.of(plain);
        RowsBuilder decoded = new RowsBuilder(plain);
        for (int row = 0; row < ROWS; row++) {
          generator.fill(rows);
          byte[] event = writer.write(rows.vectors(), row);
          assertNull(decoder.decode(event, 0, event.length, "", decoded), () -> text(event));
          assertEquals(
              row(rows, row), row(decoded, row), () -> "seed " + SEED + ": " + text(event));
          decoded.commitRow(row, 0);
        }
      }
    }
  }

  /** What is appended decodes as the event itself does: to the same row or the same rejection. */
  @Test
  void whatIsAppendedDecodesAsTheEventItself() throws FramingException, ContentTypeException {
    Random random = new Random(SEED + 2);
    int accepted = 0;
    int rejected = 0;
    int transcoded = 0;
    for (int i = 0; i < STREAMS; i++) {
      RandomRows generator = new RandomRows(random);
      StreamDefinition stream = generator.stream(List.of("json", "csv", "regex").get(i % 3));
      for (Frame frame : bodies(generator, stream, random)) {
        Transcoder transcoder = new Transcoder(stream);
        RowsBuilder atIngest = new RowsBuilder(stream);
        Transcoder.Transcoded appended = transcoder.toDeclared(frame, atIngest);
        RowsBuilder original = new RowsBuilder(stream);
        RowsBuilder fromLog = new RowsBuilder(stream);
        EventDecoder decoder = Decoders.of(stream);
        Rejection expected =
            decoder.decode(
                frame.bytes(), frame.offset(), frame.length(), frame.contentType(), original);
        Rejection actual =
            decoder.decode(
                appended.bytes(), 0, appended.bytes().length, appended.contentType(), fromLog);
        assertEquals(expected, actual, () -> "seed " + (SEED + 2) + ": " + text(frame.copy()));
        assertEquals(expected, appended.rejection());
        if (expected != null) {
          rejected++;
          continue;
        }
        accepted++;
        transcoded += Objects.equals(appended.contentType(), "") ? 1 : 0;
        assertEquals(
            row(original, 0),
            row(fromLog, 0),
            () -> "seed " + (SEED + 2) + ": " + text(frame.copy()));
        assertEquals(row(original, 0), row(atIngest, 0));
      }
    }
    assertTrue(accepted > 5000, "accepted " + accepted + ", seed " + SEED);
    assertTrue(rejected > 1000, "rejected " + rejected + ", seed " + SEED);
    assertTrue(transcoded > 3000, "transcoded " + transcoded + ", seed " + SEED);
  }

  /** The kept unknown fields of a CSV row obey the limits of JSON, as which they are kept. */
  @Test
  void unknownCsvFieldsAtTheLimitsAreKeptOrRejected()
      throws FramingException, ContentTypeException {
    StreamDefinition stream =
        Events.stream(
            java.util.Map.of("unknown", "keep"),
            Events.column("a", org.anabranch.view.Type.VARCHAR));
    String name = "n".repeat(Limits.NAME_BYTES);
    String text = "t".repeat(Limits.STRING_BYTES);
    Framing csv = Framing.of("text/csv", stream);
    List<Frame> frames =
        csv.frameAll(Events.bytes("a," + name + "\nx," + text + "\nx," + text + "t\n"));
    Transcoder transcoder = new Transcoder(stream);
    Transcoder.Transcoded good = transcoder.toDeclared(frames.get(0), new RowsBuilder(stream));
    assertNull(good.rejection());
    assertEquals("", good.contentType());
    Transcoder.Transcoded bad = transcoder.toDeclared(frames.get(1), new RowsBuilder(stream));
    assertEquals("limit", bad.rejection().code());
    byte[] tooLong = Events.bytes("a," + name + "n\n");
    org.junit.jupiter.api.Assertions.assertThrows(
        FramingException.class, () -> csv.frameAll(tooLong));
  }

  /** Header names of a CSV stream may look like paths that no object could have. */
  @Test
  void aCsvStreamMayHaveAHeaderNameInsideAnother() {
    StreamDefinition stream =
        Events.csv(
            Events.column("a", org.anabranch.view.Type.VARCHAR, "field", "id"),
            Events.column("b", org.anabranch.view.Type.VARCHAR, "field", "id.host"));
    assertEquals(List.of("x", "y"), Events.decode(stream, "x,y").values());
    assertEquals(
        List.of("x", "y"), Events.decode(stream, "y,x", "text/csv;header=ID.host,id").values());
    assertEquals("syntax", Events.decode(stream, "{}", "application/json").code());
  }

  private static List<Frame> bodies(RandomRows generator, StreamDefinition stream, Random random)
      throws FramingException, ContentTypeException {
    RowsBuilder rows = new RowsBuilder(stream);
    for (int row = 0; row < ROWS; row++) {
      generator.fill(rows);
    }
    List<Frame> frames = new ArrayList<>();
    frames.addAll(
        Framing.of("application/x-ndjson", stream).frameAll(ndjson(stream, rows, random)));
    CsvStyle own = CsvStyle.of(stream);
    boolean same = own.quoted() && random.nextBoolean();
    CsvStyle style = same ? own : new CsvStyle((byte) ",;|\t".charAt(random.nextInt(4)), true);
    String type = same ? "text/csv" : style.contentType();
    frames.addAll(Framing.of(type, stream).frameAll(csv(stream, style, rows, random)));
    return frames;
  }

  private static byte[] ndjson(StreamDefinition stream, RowsBuilder rows, Random random) {
    StreamDefinition json = as(stream, "json");
    EventWriter writer = EventWriter.of(json);
    StringBuilder body = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      String event = text(writer.write(rows.vectors(), row));
      body.append(random.nextInt(4) == 0 ? event.replaceFirst("\\{", "{\"extra\":[1],") : event);
      body.append('\n');
    }
    return Events.bytes(body.toString());
  }

  /** A header in another order, without some columns and with one more. */
  private static byte[] csv(
      StreamDefinition stream, CsvStyle style, RowsBuilder rows, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < stream.schema().size(); i++) {
      if (i == 0 || random.nextInt(6) > 0) {
        order.add(random.nextInt(order.size() + 1), i);
      }
    }
    List<Column> columns = order.stream().map(stream.schema()::column).toList();
    java.util.Map<String, String> options = new java.util.HashMap<>(as(stream, "csv").options());
    options.put("quote", "double");
    options.put("delimiter", Character.toString(style.delimiter()));
    StreamDefinition part =
        new StreamDefinition("part", new Schema(columns), List.of(), options, "");
    EventWriter writer = EventWriter.of(part);
    List<Vector> vectors = order.stream().map(i -> rows.vectors().get(i)).toList();
    boolean extra = random.nextBoolean();
    String delimiter = Character.toString(style.delimiter());
    StringBuilder body = new StringBuilder();
    body.append(
        String.join(
            delimiter,
            columns.stream()
                .map(c -> '"' + StreamReaders.field(c).replace("\"", "\"\"") + '"')
                .toList()));
    body.append(extra ? delimiter + "extra" : "").append('\n');
    for (int row = 0; row < ROWS; row++) {
      String event = text(writer.write(vectors, row));
      body.append(event).append(extra ? delimiter + "\"e,\"" : "");
      body.append(random.nextInt(15) == 0 ? delimiter : "").append('\n');
    }
    return Events.bytes(body.toString());
  }

  private static StreamDefinition as(StreamDefinition stream, String format) {
    java.util.Map<String, String> options = new java.util.HashMap<>(stream.options());
    options.put("format", format);
    return new StreamDefinition("other", stream.schema(), List.of(), options, "");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
