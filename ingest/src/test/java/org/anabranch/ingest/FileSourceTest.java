// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.anabranch.format.Frame;
import org.anabranch.format.Framing;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSourceTest {
  @TempDir Path directory;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private static List<FilePiece> pieces(Path file, FileOptions options) throws IOException {
    List<FilePiece> pieces = new ArrayList<>();
    try (FileSource source = FileSource.open(file, options)) {
      for (FilePiece piece = source.next(); piece != null; piece = source.next()) {
        pieces.add(piece);
      }
      assertNull(source.next());
      assertEquals(Files.size(file), source.progress().bytesRead());
    }
    return pieces;
  }

  private static List<FilePiece> pieces(byte[] bytes, FileOptions options) throws IOException {
    List<FilePiece> pieces = new ArrayList<>();
    try (FileSource source = FileSource.read(new ByteArrayInputStream(bytes), "<stdin>", options)) {
      for (FilePiece piece = source.next(); piece != null; piece = source.next()) {
        pieces.add(piece);
      }
    }
    return pieces;
  }

  private static List<String> events(StreamDefinition stream, FilePiece piece) throws IOException {
    return events(stream, piece.contentType(), piece.body(), piece.firstLine());
  }

  private static List<String> events(
      StreamDefinition stream, String type, byte[] body, long firstLine) throws IOException {
    List<String> events = new ArrayList<>();
    for (Frame frame : Framing.of(type, stream).frameAll(body)) {
      String text = new String(frame.copy(), StandardCharsets.UTF_8);
      events.add((firstLine + frame.line() - 1) + " " + frame.contentType() + " " + text);
    }
    return events;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void anySizeOfPiecesGivesTheSameEventsOnTheSameLines() {
    Trials.run(
        200,
        random -> {
          String format = random.nextBoolean() ? "regex" : "json";
          StreamDefinition stream = Flows.stream("s", format, 1);
          RandomBodies.Body body = new RandomBodies(random).next(format, 40);
          String mark =
              random.nextInt(4) == 0 && !body.contentType().equals("text/plain") ? "\ufeff" : "";
          byte[] content = Flows.bytes(mark + new String(body.bytes(), StandardCharsets.UTF_8));
          List<String> expected = events(stream, body.contentType(), content, 1);
          FileFormat kind = format(body.contentType());
          FileOptions options =
              FileOptions.DEFAULT.format(kind).pieceBytes(1 + random.nextInt(400));
          boolean gzip = random.nextBoolean();
          Path file = file("f" + random.nextLong(), gzip ? gzip(content) : content);
          List<FilePiece> pieces = pieces(file, options);
          List<String> found = new ArrayList<>();
          Set<String> keys = new HashSet<>();
          long rows = 0;
          for (FilePiece piece : pieces) {
            found.addAll(events(stream, piece));
            assertTrue(keys.add(piece.key()), "key twice: " + piece.key());
            IdempotencyMark.requireKey(piece.key());
            rows += piece.rows();
          }
          assertEquals(expected, found);
          assertEquals(expected.size(), rows);
          assertSamePieces(pieces, pieces(file, options));
          List<FilePiece> streamed = pieces(gzip ? gzip(content) : content, options);
          assertSamePieces(streamed, pieces(content, options));
          assertEquals(pieces.size(), streamed.size());
        });
  }

  private static FileFormat format(String contentType) {
    return switch (contentType) {
      case "application/json" -> FileFormat.JSON;
      case "application/x-ndjson" -> FileFormat.NDJSON;
      case "text/plain" -> FileFormat.LINES;
      default -> FileFormat.CSV;
    };
  }

  private static void assertSamePieces(List<FilePiece> first, List<FilePiece> second) {
    assertEquals(
        first.stream().map(FilePiece::key).toList(), second.stream().map(FilePiece::key).toList());
    for (int i = 0; i < first.size(); i++) {
      assertEquals(
          new String(first.get(i).body(), StandardCharsets.UTF_8),
          new String(second.get(i).body(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void keysAreOfContentFormatAndOffsetAndNotOfTheName() throws IOException {
    byte[] bytes = Flows.bytes("id\n1\n2\n3\n");
    FileOptions small = FileOptions.DEFAULT.pieceBytes(1);
    List<FilePiece> first = pieces(file("a.csv", bytes), small);
    assertSamePieces(first, pieces(file("b.csv", bytes), small));
    assertEquals(3, first.size());
    assertEquals("id\n2\n", new String(first.get(1).body(), StandardCharsets.UTF_8));
    assertEquals(2, first.get(1).firstLine());
    assertEquals(3, first.get(1).line(2));
    assertTrue(first.get(0).key().matches("csv:[0-9a-f]{32}:0"), first.get(0).key());
    assertTrue(first.get(2).key().endsWith(":7"), first.get(2).key());
    String changed = pieces(file("c.csv", Flows.bytes("id\n1\n2\n4\n")), small).get(0).key();
    assertNotEquals(first.get(0).key(), changed);
    String lines = pieces(file("a.txt", bytes), small).get(0).key();
    assertNotEquals(first.get(0).key(), lines);
    List<FilePiece> streamed = pieces(bytes, small.format(FileFormat.CSV));
    List<FilePiece> longer = pieces(Flows.bytes("id\n1\n2\n3\n4\n"), small.format(FileFormat.CSV));
    assertSamePieces(streamed, longer.subList(0, 3));
  }

  @Test
  void formatsAreToldByNameOrContent() throws IOException {
    String[][] cases = {
      {"a.csv", "id\n1", "CSV"},
      {"a.TSV.gz", "id\tnote\n1\t\"a\nb\"\n", "CSV"},
      {"a.jsonl", "{\"id\":1}", "NDJSON"},
      {"a.ndjson.gz", "{\"id\":1}", "NDJSON"},
      {"a.log", "x", "LINES"},
      {"a.json", " [{\"id\":1}]", "JSON"},
      {"b.json", "{\n\"id\":1}", "JSON"},
      {"c.json", "{\"id\":\"}\\\"\"}\n{\"id\":2}\n", "NDJSON"},
      {"d", "\ufeff[{\"id\":1}]", "JSON"}
    };
    for (String[] one : cases) {
      try (FileSource source =
          FileSource.open(file(one[0], Flows.bytes(one[1])), FileOptions.DEFAULT)) {
        assertEquals(one[2], source.format().name(), one[0]);
        assertEquals(one[0].equals("c.json") ? 2 : 1, source.next().rows(), one[0]);
      }
    }
    FileException unknown =
        assertThrows(
            FileException.class,
            () -> FileSource.open(file("x.dat", Flows.bytes("1,2")), FileOptions.DEFAULT));
    assertTrue(unknown.getMessage().contains("x.dat"), unknown.getMessage());
  }

  @Test
  void aDelimiterIsFoundInTheHeaderLineAndKeepsQuotedLineBreaksWhole() throws IOException {
    for (String delimiter : List.of(",", ";", "\t", "|")) {
      String text = "id,origin,delay,note\n1,\"a\nb\",3,x\n2,A,1,\"y\n\"\n".replace(",", delimiter);
      StreamDefinition stream = Flows.stream("s", "csv", 1, "delimiter", delimiter);
      List<FilePiece> pieces =
          pieces(file("x.csv", Flows.bytes(text)), FileOptions.DEFAULT.pieceBytes(1));
      assertEquals(2, pieces.size(), delimiter);
      assertEquals(1, events(stream, pieces.get(0)).size());
      assertEquals(4, pieces.get(1).line(2));
    }
    List<FilePiece> forced =
        pieces(
            file("x.csv", Flows.bytes("a,b,c;d\n\"x\ny\";1\n")),
            FileOptions.DEFAULT.pieceBytes(1).delimiter("semicolon"));
    assertEquals(1, forced.size());
  }

  private String type(String text, FileOptions options) throws IOException {
    List<FilePiece> pieces = pieces(file("x.csv", Flows.bytes(text)), options);
    return pieces.get(0).contentType().replace("text/csv;", "") + keyed(pieces.get(0));
  }

  /** What a key has beside the format, the content and the offset. */
  private static String keyed(FilePiece piece) {
    String reading = piece.key().substring(0, piece.key().indexOf(':'));
    return reading.equals("csv") ? "" : " keyed" + reading.substring("csv".length());
  }

  @Test
  void theDelimiterIsTheStreamsOwnOrTheOneTheHeaderLineHasAndIsTold() throws IOException {
    FileOptions options = FileOptions.DEFAULT;
    FileOptions semicolons = options.ofStream(";", "double");
    assertEquals("delimiter=%2C;quote=double", type("id,a\n1,2\n", options));
    assertEquals("delimiter=%3B;quote=double", type("id;a\n1;2\n", options));
    assertEquals("delimiter=%2C;quote=double", type("id\n1\n", options));
    assertEquals("delimiter=%3B;quote=double", type("id\n1\n", semicolons));
    assertEquals("delimiter=%3B;quote=double", type("a,b,c;id\n1;2\n", semicolons));
    assertEquals("delimiter=%7C;quote=double", type("\"a,b,c\"|id\n1|2\n", semicolons));
    assertEquals("delimiter=%09;quote=double", type("id\ta\n1\t2\n", semicolons));
  }

  @Test
  void anotherReadingThanTheFileShowsIsAnotherImport() throws IOException {
    FileOptions options = FileOptions.DEFAULT;
    String text = "id;a,b\n1;2\n";
    assertEquals("delimiter=%3B;quote=double", type("id;a\n1;2\n", options.delimiter("semicolon")));
    assertEquals(
        "delimiter=%3B;quote=double keyed;delimiter=%3B;quote=double",
        type(text, options.delimiter("semicolon")));
    assertEquals(
        "delimiter=%2C;quote=none keyed;delimiter=%2C;quote=none",
        type(text, options.quote("none")));
    FileOptions unquoted = options.ofStream(",", "none");
    assertEquals("delimiter=%2C;quote=none", type(text, unquoted));
    assertEquals("delimiter=%2C;quote=none", type(text, unquoted.quote("none")));
  }

  @Test
  void withoutQuotesAQuoteOpensNothing() throws IOException {
    String text = "id,note\n1,\"a\n2,\"b\n";
    List<FilePiece> pieces =
        pieces(file("x.csv", Flows.bytes(text)), FileOptions.DEFAULT.pieceBytes(1).quote("none"));
    assertEquals(2, pieces.size());
    assertEquals(
        List.of("2 text/csv;delimiter=%2C;quote=none;header=id,note 1,\"a"),
        events(Flows.stream("s", "json", 1), pieces.get(0)));
  }

  @Test
  void emptyLinesOfOneColumnAreRowsOfAFileAsOfABody() throws IOException {
    StreamDefinition stream = Flows.stream("s", "json", 1);
    Path file = file("x.csv", Flows.bytes("origin\n\n\nA\n"));
    int rows = 0;
    for (FilePiece piece : pieces(file, FileOptions.DEFAULT.pieceBytes(1))) {
      rows += events(stream, piece).size();
    }
    assertEquals(3, rows);
  }

  @Test
  void whatComesOutOfAPipeIsReadOnce() throws Exception {
    Path pipe = directory.resolve("pipe.csv");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Process writer =
        new ProcessBuilder("sh", "-c", "printf 'id\\n1\\n2\\n' >'" + pipe + "'").start();
    try (FileSource source = FileSource.open(pipe, FileOptions.DEFAULT)) {
      assertEquals(2, source.next().rows());
      assertNull(source.next());
    } finally {
      writer.destroy();
    }
  }

  @Test
  void whatCannotBeReadIsNamedWithItsLineAfterThePiecesBeforeIt() throws IOException {
    String[][] cases = {
      {"a.csv", "id\n1\n2,\"x\n3\n", "3"},
      {"a.json", "[{\"id\":1},\n{\"id\":2}\n{\"id\":3}]", "3"},
      {"b.json", "[{\"id\":1},\n{\"id\":2", "2"},
      {"c.json", "[{\"id\":1}]\n[]", "2"},
    };
    for (String[] one : cases) {
      try (FileSource source =
          FileSource.open(file(one[0], Flows.bytes(one[1])), FileOptions.DEFAULT.pieceBytes(1))) {
        assertTrue(source.next().rows() > 0);
        FileException failed =
            assertThrows(
                FileException.class,
                () -> {
                  while (source.next() != null) {
                    // Until the place at fault.
                  }
                });
        assertEquals(one[2], Long.toString(failed.line()), failed.getMessage());
        assertTrue(failed.getMessage().contains(one[0]), failed.getMessage());
      }
    }
    Path none = directory.resolve("none.csv");
    assertThrows(FileException.class, () -> FileSource.open(none, FileOptions.DEFAULT));
    byte[] cut = java.util.Arrays.copyOf(gzip(Flows.bytes("id\n1\n2\n")), 15);
    Path damaged = file("cut.csv.gz", cut);
    assertThrows(FileException.class, () -> pieces(damaged, FileOptions.DEFAULT));
    Path wrong = file("wrong.parquet", Flows.bytes("PAR1 is not enough"));
    assertThrows(FileException.class, () -> FileSource.open(wrong, FileOptions.DEFAULT));
  }

  @Test
  void anEventThatCannotBeSentIsRefusedByItsLine() throws IOException {
    byte[] large = new byte[FileContent.MOST_EVENT_BYTES + 10];
    java.util.Arrays.fill(large, (byte) 'x');
    System.arraycopy(Flows.bytes("one\n"), 0, large, 0, 4);
    try (FileSource source =
        FileSource.open(file("a.log", large), FileOptions.DEFAULT.pieceBytes(1))) {
      assertEquals(1, source.next().rows());
      FileException failed = assertThrows(FileException.class, source::next);
      assertEquals(2, failed.line());
    }
  }

  @Test
  void aFileThatComesAgainIsTheSameOrIsRefused() throws IOException {
    FileOptions options = FileOptions.DEFAULT.pieceBytes(1);
    for (String name : List.of("a.csv", "a.ndjson")) {
      Path file = file(name, Flows.bytes(name.equals("a.csv") ? "id\n1\n2\n" : "{}\n{}\n"));
      try (FileSource source = FileSource.open(file, options)) {
        assertTrue(source.comesAgain());
        try (FileSource again = source.again()) {
          for (FilePiece piece = source.next(); piece != null; piece = source.next()) {
            FilePiece same = again.next();
            assertEquals(piece.key(), same.key());
            assertArrayEquals(piece.body(), same.body());
          }
          assertNull(again.next());
        }
        Files.write(file, Flows.bytes("id\n1\n2\n3\n"));
        try (FileSource other = source.again()) {
          String message = assertThrows(FileException.class, other::next).getMessage();
          assertTrue(message.contains("it was changed while it was read"), message);
        }
        Files.delete(file);
        assertThrows(FileException.class, source::again);
      }
    }
    try (FileSource once =
        FileSource.read(new ByteArrayInputStream(Flows.bytes("id\n1\n")), "x.csv", options)) {
      assertFalse(once.comesAgain());
      assertThrows(IllegalStateException.class, once::again);
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsNotCalledComplete() throws IOException {
    Path file = file("a.csv", Flows.bytes("id\n1\n"));
    try (FileSource source = FileSource.open(file, FileOptions.DEFAULT)) {
      source.next();
      Files.write(file, Flows.bytes("id\n1\n2\n"));
      assertThrows(FileException.class, source::next);
    }
  }

  @Test
  void parquetRowsBecomeObjectsAndTheSameOnesForAnySize() throws IOException {
    Path flights = SharedData.file("flights_3m/flights-3m.parquet");
    try (FileSource source = FileSource.open(flights, FileOptions.DEFAULT.pieceBytes(5_000));
        FileSource large = FileSource.open(flights, FileOptions.DEFAULT.pieceBytes(50_000))) {
      assertEquals(FileFormat.PARQUET, source.format());
      FilePiece piece = large.next();
      StringBuilder joined = new StringBuilder();
      long row = 1;
      while (joined.length() < piece.body().length) {
        FilePiece small = source.next();
        assertEquals(row, small.firstLine());
        row += small.rows();
        joined.append(new String(small.body(), StandardCharsets.UTF_8));
      }
      String text = new String(piece.body(), StandardCharsets.UTF_8);
      assertEquals(text, joined.substring(0, text.length()));
      assertTrue(text.startsWith("{\"date\":\"2001-01-01T00:01:00"), text.substring(0, 100));
      assertTrue(source.progress().bytesRead() > 0);
      assertEquals(Files.size(flights), source.progress().bytesTotal());
    }
  }
}
