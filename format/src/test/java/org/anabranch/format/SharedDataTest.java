// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.anabranch.view.Column;
import org.anabranch.view.Rejection;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Facts of real data that other programs found too. */
class SharedDataTest {
  private static final Path DATA =
      Path.of(System.getProperty("anabranch.shared", "../../shared"), "data");

  private static Path data(String name) {
    Path path = DATA.resolve(name);
    if (!Files.exists(path)) {
      if ("true".equals(System.getenv("CI"))) {
        fail("Cannot find " + path.toAbsolutePath());
      }
      Assumptions.abort("No " + path.toAbsolutePath());
    }
    return path;
  }

  /** What came of a file: its good rows, and the lines of its rejected ones. */
  private record Loaded(RowsBuilder rows, Map<Long, Rejection> rejected, long bytes) {
    Object get(int column, int row) {
      return rows.vectors().get(column).get(row);
    }

    long sum(int column) {
      long sum = 0;
      for (int row = 0; row < rows.size(); row++) {
        Object value = get(column, row);
        sum += value == null ? 0 : (Long) value;
      }
      return sum;
    }

    Map<Object, Long> counts(int column) {
      Map<Object, Long> counts = new HashMap<>();
      for (int row = 0; row < rows.size(); row++) {
        counts.merge(String.valueOf(get(column, row)), 1L, Long::sum);
      }
      return counts;
    }
  }

  private static Loaded load(StreamDefinition stream, String type, Path file) throws IOException {
    RowsBuilder rows = new RowsBuilder(stream);
    Map<Long, Rejection> rejected = new TreeMap<>();
    long bytes = 0;
    Transcoder transcoder = new Transcoder(stream);
    try (InputStream in = Gzip.open(Files.newInputStream(file), Long.MAX_VALUE)) {
      FrameReader reader = Framing.of(type, stream).open(in);
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        Transcoder.Transcoded transcoded = transcoder.toDeclared(frame, rows);
        bytes += transcoded.bytes().length;
        if (transcoded.rejection() == null) {
          rows.commitRow(frame.line(), 0);
        } else {
          rows.rollbackRow();
          rejected.put(frame.line(), transcoded.rejection());
        }
      }
    }
    return new Loaded(rows, rejected, bytes);
  }

  @Test
  void wikipediaEditsAreAllReadWithTheirSums() throws IOException {
    StreamDefinition stream =
        Events.json(
            Column.required("time", Type.INSTANT),
            Column.required("channel", Type.VARCHAR),
            Events.column("edited_by", Type.VARCHAR, "field", "user"),
            Column.required("page", Type.VARCHAR),
            Column.required("isRobot", Type.BOOLEAN),
            Column.required("added", Type.INTEGER),
            Column.required("deleted", Type.INTEGER),
            Column.required("delta", Type.INTEGER));
    Loaded edits =
        load(
            stream,
            "application/x-ndjson",
            data("wikipedia_edits/wikiticker-2015-09-12-sampled.jsonl.gz"));
    assertEquals(Map.of(), edits.rejected);
    assertEquals(39_244, edits.rows.size());
    assertEquals(9_385_573, edits.sum(5));
    assertEquals(394_298, edits.sum(6));
    assertEquals(8_991_275, edits.sum(7));
    assertEquals(15_420L, edits.counts(4).get("true"));
    assertEquals(10_531, edits.counts(2).size());
    assertEquals(35_143, edits.counts(3).size());
    assertEquals(11_549L, edits.counts(1).get("#en.wikipedia"));
    assertEquals(33L, edits.counts(3).get("Wikipedia:Vandalismusmeldung"));
    assertEquals(1_442_018_818_771L, edits.get(0, 0));
    assertEquals(39_244L * 12, edits.rows.unknownFields());
    long[] hours = new long[24];
    for (int row = 0; row < edits.rows.size(); row++) {
      hours[(int) ((Long) edits.get(0, row) / 3_600_000 % 24)]++;
    }
    assertArrayEquals(
        new long[] {
          268, 1144, 1102, 815, 824, 1260, 2120, 2237, 1622, 1704, 1792, 1624, 1709, 2073, 1873,
          1965, 1959, 2300, 2170, 2013, 1832, 1766, 1590, 1482
        },
        hours);
  }

  @Test
  void oneApacheLineOfTenThousandIsBad() throws IOException {
    String pattern =
        "(?P<client>\\S+) \\S+ (?P<who>\\S+) \\[(?P<time>[^\\]]+)\\] \"(?P<method>\\S+) (?P<path>\\S+)"
            + " [^\"]*\" (?P<status>\\d+) (?P<bytes>\\S+) \"(?P<referer>[^\"]*)\" \"(?P<agent>[^\"]*)\"";
    StreamDefinition stream =
        Events.stream(
            Map.of(
                "format",
                "regex",
                "pattern",
                pattern,
                "null",
                "-",
                "timestamp_format",
                "dd/MMM/yyyy:HH:mm:ss Z"),
            Column.required("client", Type.VARCHAR),
            Column.nullable("who", Type.VARCHAR),
            Column.required("time", Type.TIMESTAMP),
            Column.required("method", Type.VARCHAR),
            Column.required("path", Type.VARCHAR),
            Column.required("status", Type.INTEGER),
            Column.nullable("bytes", Type.BIGINT),
            Column.nullable("referer", Type.VARCHAR),
            Column.nullable("agent", Type.VARCHAR));
    Loaded log = load(stream, "text/plain", data("web_logs/apache_combined.log.gz"));
    assertEquals(9_999, log.rows.size());
    assertEquals(Set.of(8_899L), log.rejected.keySet());
    assertEquals("syntax", log.rejected.get(8_899L).code());
    assertEquals(2_747_282_505L, log.sum(6));
    assertEquals(669L, log.counts(6).get("null"));
    assertEquals(
        Map.of(
            "200", 9_125L, "304", 445L, "404", 213L, "301", 164L, "206", 45L, "500", 3L, "403", 2L,
            "416", 2L),
        log.counts(5));
    assertEquals(482L, log.counts(0).get("66.249.73.135"));
    assertEquals(807L, log.counts(4).get("/favicon.ico"));
    Set<Long> hours = new HashSet<>();
    for (int row = 0; row < log.rows.size(); row++) {
      hours.add((Long) log.get(2, row) / 3_600_000);
    }
    assertEquals(84, hours.size());
  }

  @Test
  void tabSeparatedRequestsWithEpochSecondsAreReadByTheirHeader() throws IOException {
    StreamDefinition stream =
        Events.stream(
            Map.of("format", "csv", "delimiter", "\\t", "null", "-"),
            Events.column(
                "at", Type.TIMESTAMP, "field", "time", "timestamp_format", "epoch_seconds"),
            Column.required("host", Type.VARCHAR),
            Column.required("response", Type.INTEGER),
            Column.nullable("bytes", Type.BIGINT));
    Loaded requests = load(stream, "text/csv", data("web_logs/nasa_19950801.tsv.gz"));
    assertEquals(Map.of(), requests.rejected);
    assertEquals(30_969, requests.rows.size());
    assertEquals(482_000_467L, requests.sum(3));
    assertEquals(27_972L, requests.counts(2).get("200"));
    assertEquals(364L, requests.counts(1).get("edams.ksc.nasa.gov"));
    assertEquals(807_256_800_000L, requests.get(0, 0));
    assertEquals(30_969L * 5, requests.rows.unknownFields());
  }

  @Test
  void deeplyNestedStatusesAreReadByPath() throws IOException {
    StreamDefinition stream =
        Events.json(
            Events.column(
                "at", Type.INSTANT, "field", "timestamp", "timestamp_format", "epoch_millis"),
            Events.column("total", Type.BIGINT, "field", "requests.total"),
            Events.column("ok", Type.BIGINT, "field", "server_zones.hg.nginx.org.responses.2xx"));
    Loaded statuses =
        load(stream, "application/x-ndjson", data("web_logs/nginxplus_status.jsonl.gz"));
    assertEquals(500, statuses.rows.size());
    assertEquals(18_853_899L, statuses.get(1, 0));
    assertEquals(18_882_283L, statuses.get(1, 499));
  }

  @Test
  void busPositionsAddUpToTheLastDigit() throws IOException {
    StreamDefinition stream =
        Events.csv(
            Column.required("vehicle_id", Type.VARCHAR),
            Column.required("timestamp", Type.INSTANT),
            Column.required("speed", Type.decimal(38, 20)),
            Column.nullable("route_id", Type.VARCHAR),
            Column.nullable("trip_id", Type.VARCHAR),
            Column.required("latitude", Type.DOUBLE),
            Column.required("longitude", Type.DOUBLE),
            Column.nullable("trip_headsign", Type.VARCHAR));
    long rows = 0;
    long withoutSign = 0;
    BigDecimal speed = BigDecimal.ZERO;
    Set<Object> vehicles = new HashSet<>();
    try (var files = Files.list(data("capmetro_positions"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv.gz")).sorted().toList()) {
        Loaded day = load(stream, "text/csv", file);
        assertEquals(Map.of(), day.rejected, file.toString());
        rows += day.rows.size();
        for (int row = 0; row < day.rows.size(); row++) {
          speed = speed.add((BigDecimal) day.get(2, row));
          vehicles.add(day.get(0, row));
          withoutSign += day.get(7, row) == null ? 1 : 0;
        }
      }
    }
    assertEquals(599_818, rows);
    assertEquals(490, vehicles.size());
    assertEquals(183_144, withoutSign);
    assertEquals("4588429.91451705754026", speed.stripTrailingZeros().toPlainString());
  }

  @Test
  void theCsvSpectrumIsReadAsItsJsonSays() throws IOException {
    Map<String, byte[]> files = untar(data("csv_spectrum/csv-spectrum.tar.gz"));
    int seen = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (!file.getKey().matches("cs/csvs/.+\\.csv")) {
        continue;
      }
      String name = file.getKey().substring("cs/csvs/".length()).replace(".csv", "");
      seen++;
      if (name.equals("location_coordinates")) {
        assertBareQuoteIsRejected(file.getValue());
        continue;
      }
      List<Map<String, String>> expected = objects(files.get("cs/json/" + name + ".json"));
      Column[] columns =
          expected.get(0).keySet().stream()
              .map(c -> Column.nullable(c, Type.VARCHAR))
              .toArray(Column[]::new);
      assertEquals(
          expected,
          rows(Events.json(columns), withItsLineEnds(name, file.getValue()), columns),
          name);
    }
    assertEquals(12, seen);
  }

  /** The stored copies of the files named for CRLF have lost their carriage returns on the way. */
  private static byte[] withItsLineEnds(String name, byte[] body) {
    String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
    return name.endsWith("_crlf") && text.indexOf('\r') < 0
        ? Events.bytes(text.replace("\n", "\r\n"))
        : body;
  }

  /** One of the files has a quote inside an unquoted field, which RFC 4180 forbids. */
  private static void assertBareQuoteIsRejected(byte[] body) throws IOException {
    StreamDefinition stream = Events.json(Column.nullable("Cities", Type.VARCHAR));
    List<Frame> frames = Framing.of("text/csv", stream).frameAll(body);
    assertEquals(1, frames.size());
    Transcoder.Transcoded row =
        new Transcoder(stream).toDeclared(frames.get(0), new RowsBuilder(stream));
    assertEquals("syntax", row.rejection().code());
    assertEquals(
        "text/csv;header=Contact Phone Number,Location Coordinates,Cities,Counties",
        row.contentType());
    assertArrayEquals(frames.get(0).copy(), row.bytes());
  }

  private static List<Map<String, String>> rows(
      StreamDefinition stream, byte[] body, Column[] columns) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Frame frame : Framing.of("text/csv", stream).frameAll(body)) {
      Events.Outcome outcome =
          Events.decode(
              Decoders.of(stream),
              stream,
              frame.bytes(),
              frame.offset(),
              frame.length(),
              frame.contentType());
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < columns.length; i++) {
        Object value = outcome.value(i);
        row.put(columns[i].name(), value == null ? "" : (String) value);
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<Map<String, String>> objects(byte[] json) throws IOException {
    List<Map<String, String>> objects = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          object.put(parser.currentName(), parser.nextTextValue());
        }
        objects.add(object);
      }
    }
    return objects;
  }

  /** The files of a tar archive; headers are 512 bytes, and so are the blocks of contents. */
  private static Map<String, byte[]> untar(Path archive) throws IOException {
    byte[] tar = Gzip.inflate(Files.readAllBytes(archive), Limits.BODY_BYTES);
    Map<String, byte[]> files = new TreeMap<>();
    ByteArrayInputStream in = new ByteArrayInputStream(tar);
    for (byte[] header = in.readNBytes(512);
        header.length == 512 && header[0] != 0;
        header = in.readNBytes(512)) {
      int size = Integer.parseInt(ascii(header, 124, 11).strip(), 8);
      byte[] contents = in.readNBytes((size + 511) / 512 * 512);
      files.put(ascii(header, 0, 100), java.util.Arrays.copyOf(contents, size));
    }
    return files;
  }

  private static String ascii(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, java.nio.charset.StandardCharsets.US_ASCII);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
