// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.anabranch.format.Events.bytes;
import static org.anabranch.format.Events.column;
import static org.anabranch.format.Events.decode;
import static org.anabranch.format.Events.json;
import static org.anabranch.format.Events.stream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** Fields that are named by a path, and fields that nothing names. */
final class FieldPathsTest {
  private static final StreamDefinition PATHS =
      json(
          column("nk", Type.VARCHAR, "field", "labels.\"app.kubernetes.io/name\""),
          column("ix", Type.VARCHAR, "field", "items[0].name"),
          column("iy", Type.BIGINT, "field", "items[2]"),
          column("a.b", Type.VARCHAR),
          column("x", Type.BIGINT, "field", "$.x"));

  @Test
  void namesWithDotsElementsAndTheEventItselfAreReached() {
    assertEquals(
        List.of("x", "n", 7L, "flat", 1L),
        decode(
                PATHS,
                "{\"labels\":{\"app.kubernetes.io/name\":\"x\"},\"items\":[{\"name\":\"n\"},null,7],"
                    + "\"a.b\":\"flat\",\"x\":1}")
            .values());
    assertEquals(
        Arrays.asList(null, null, null, null, null), decode(PATHS, "{\"items\":[]}").values());
    assertEquals(
        Arrays.asList(null, null, null, null, null), decode(PATHS, "{\"items\":null}").values());
    assertEquals("type", decode(PATHS, "{\"items\":{\"name\":\"n\"}}").code());
    assertEquals("syntax", decode(PATHS, "{\"items\":[{\"name\":\"n\"} 7]}").code());
    assertEquals(2, decode(PATHS, "{\"items\":[{\"q\":1},8,9,10]}").unknownFields());
  }

  @Test
  void whatIsWrittenInTheDeclaredFormIsReadAsTheSameRow() throws Exception {
    StreamDefinition keeping =
        stream(
            Map.of("format", "json", "unknown", "keep"),
            PATHS.schema().columns().toArray(org.anabranch.view.Column[]::new));
    EventWriter writer = EventWriter.of(keeping);
    for (String event :
        List.of(
            "{\"items\":[{\"name\":\"n\",\"q\":[1]},\"other\",3,null,{\"z\":1}],\"r\":2}",
            "{\"items\":[null,1]}",
            "{\"items\":[{\"name\":\"n\"}],\"labels\":{\"o\":1}}")) {
      RowsBuilder rows = new RowsBuilder(keeping);
      byte[] read = bytes(event);
      assertNull(Decoders.of(keeping).decode(read, 0, read.length, "", rows));
      String written = new String(writer.write(rows.vectors(), 0), StandardCharsets.UTF_8);
      assertEquals(decode(keeping, event).values(), decode(keeping, written).values(), written);
    }
  }

  @Test
  void aKeptFieldWithoutAPlaceInTheDeclaredFormStaysAsItCame() throws Exception {
    StreamDefinition keeping =
        stream(
            Map.of("format", "json", "unknown", "keep"),
            column("lat", Type.BIGINT, "field", "geo.lat"));
    Frame frame = Framing.of("text/csv", keeping).frameAll(bytes("geo.lat,geo\n1,x\n")).get(0);
    Transcoder.Transcoded kept =
        new Transcoder(keeping).toDeclared(frame, new RowsBuilder(keeping));
    assertNull(kept.rejection());
    assertEquals("1,x", new String(kept.bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void unknownFieldsAreNamedOfCommittedRowsOnly() {
    StreamDefinition two =
        json(column("name", Type.VARCHAR), column("lat", Type.BIGINT, "field", "geo.lat"));
    RowsBuilder rows = new RowsBuilder(two).namingUnknown();
    EventDecoder decoder = Decoders.of(two);
    for (String event :
        List.of(
            "{\"nmae\":\"x\",\"geo\":{\"lon\":2}}",
            "{\"nmae\":\"y\"}",
            "{\"lost\":1,\"name\":1}")) {
      if (decoder.decode(bytes(event), 0, event.length(), "", rows) == null) {
        rows.commitRow(0, 0);
      } else {
        rows.rollbackRow();
      }
    }
    assertEquals(new UnknownFields(3, Map.of("nmae", 2L, "geo.lon", 1L), 0), rows.takeUnknown());
    assertEquals(UnknownFields.NONE, rows.takeUnknown());
  }

  @Test
  void aStreamThatRejectsUnknownFieldsSaysWhatWasProbablyMeant() {
    for (String format : List.of("json", "csv")) {
      StreamDefinition strict =
          stream(
              Map.of("format", format, "unknown", "reject"),
              column("id", Type.BIGINT),
              column("name", Type.VARCHAR));
      for (Events.Outcome outcome :
          List.of(
              decode(strict, "{\"id\":1,\"nmae\":\"x\"}", "application/json"),
              decode(strict, "1,x", "text/csv;header=id,nmae"))) {
        assertEquals("unknown", outcome.code());
        assertEquals(
            "Cannot take the field \"nmae\": no column reads it; did you mean \"name\"?",
            outcome.rejection().reason());
      }
      assertNull(decode(strict, "{\"id\":1}", "application/json").code());
    }
    StreamDefinition array =
        stream(
            Map.of("format", "json", "unknown", "reject"),
            column("a", Type.BIGINT, "field", "a[0]"));
    assertNull(decode(array, "{\"a\":[1,null]}").code());
    assertEquals("unknown", decode(array, "{\"a\":[1,2]}").code());
  }

  @Test
  void timesThatAreTooFineAreTakenWithoutTheirLastDigitsOnRequest() {
    String[][] cases = {
      {"iso", "\"2015-09-12T00:46:58.771999999\"", "2015-09-12T00:46:58.771"},
      {"epoch_seconds", "1591349534.205346", "2020-06-05T09:32:14.205"},
      {"epoch_nanos", "1591349534205346999", "2020-06-05T09:32:14.205"},
      {"epoch_micros", "-1", "1969-12-31T23:59:59.999"},
      {"yyyy-MM-dd HH:mm:ss.SSSSSS", "\"2015-09-12 00:46:58.771999\"", "2015-09-12T00:46:58.771"}
    };
    for (String[] one : cases) {
      StreamDefinition strict = json(column("t", Type.TIMESTAMP, "timestamp_format", one[0]));
      Events.Outcome refused = decode(strict, "{\"t\":" + one[1] + "}");
      assertEquals("range", refused.code());
      assertTrue(refused.rejection().reason().contains("'excess_precision' = 'truncate'"));
      StreamDefinition lossy =
          json(
              column(
                  "t", Type.TIMESTAMP, "timestamp_format", one[0], "excess_precision", "truncate"));
      long millis =
          java.time.LocalDateTime.parse(one[2]).toInstant(java.time.ZoneOffset.UTC).toEpochMilli();
      assertEquals(List.of(millis), decode(lossy, "{\"t\":" + one[1] + "}").values(), one[0]);
    }
  }

  @Test
  void whatCannotBeReadTogetherIsRefused() {
    StreamDefinition both =
        json(column("a", Type.BIGINT, "field", "x[0]"), column("b", Type.BIGINT, "field", "x.b"));
    assertThrows(IllegalArgumentException.class, () -> Decoders.of(both));
  }
}
