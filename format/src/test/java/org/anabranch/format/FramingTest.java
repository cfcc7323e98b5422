// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.anabranch.format.Events.bytes;
import static org.anabranch.format.Events.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {
  private static final StreamDefinition STREAM =
      Events.json(column("a", Type.BIGINT), column("b", Type.VARCHAR));
  private static final StreamDefinition LINES =
      Events.stream(Map.of("format", "regex", "pattern", "(?P<a>.*)"), column("a", Type.VARCHAR));

  private static List<String> frames(String type, String body) throws IOException {
    StreamDefinition stream = type.startsWith("text/plain") ? LINES : STREAM;
    List<Frame> frames = Framing.of(type, stream).frameAll(bytes(body));
    return frames.stream().map(FramingTest::shown).toList();
  }

  private static String shown(Frame frame) {
    return frame.line()
        + ":"
        + new String(frame.bytes(), frame.offset(), frame.length(), StandardCharsets.UTF_8);
  }

  private static FramingException failure(String type, String body) {
    return assertThrows(FramingException.class, () -> frames(type, body));
  }

  @Test
  void aJsonBodyIsOneObjectOrAnArray() throws IOException {
    assertEquals(List.of("2:{\"a\":1}"), frames("application/json", "\n {\"a\":1}\n"));
    assertEquals(
        List.of("1:{\"a\":1}", "2:{\"b\":\"],\\\"\"}", "4:3", "4:[{}]"),
        frames("application/json", "[{\"a\":1},\n{\"b\":\"],\\\"\"} ,\n\n3,[{}]]"));
    assertEquals(List.of(), frames("application/json", " [ ] "));
  }

  @Test
  void anEventAtFaultInsideMatchingBracketsIsStillAnEvent() throws IOException {
    assertEquals(
        List.of("1:{\"a\":tru}", "1:{,}", "1:{\"a\":2}"),
        frames("application/json", "[{\"a\":tru},{,},{\"a\":2}]"));
  }

  @Test
  void jsonWhoseEventsCannotBeToldApartIsRefused() {
    assertEquals(1, failure("application/json", "").line());
    assertEquals(1, failure("application/json", "[").line());
    assertEquals(2, failure("application/json", "[{}\n").line());
    assertEquals(2, failure("application/json", "[{},\n").line());
    failure("application/json", "[{},]");
    failure("application/json", "[{} {}]");
    failure("application/json", "[,{}]");
    failure("application/json", "[{}}]");
    failure("application/json", "[{]}]");
    failure("application/json", "[{\"a\":\"]");
    failure("application/json", "[{}]x");
    assertTrue(failure("application/json", "{}\n{}").getMessage().contains("x-ndjson"));
    failure("application/json", "[".repeat(3_000_000));
  }

  @Test
  void linesEndWithLineFeedOrBothAndEmptyOnesAreSkipped() throws IOException {
    assertEquals(
        List.of("1:{}", "4:{\"a\":\"\r\"}", "5: {} "),
        frames("application/x-ndjson", "{}\r\n\n  \t\n{\"a\":\"\r\"}\n {} \n"));
    assertEquals(List.of("1:x", "3: ", "4:y"), frames("text/plain", "x\n\r\n \r\ny"));
    assertEquals(List.of(), frames("application/x-ndjson", ""));
    assertEquals(List.of("1:{}"), frames("application/x-ndjson", "\ufeff{}"));
  }

  @Test
  void csvRowsMayHoldLineBreaksInQuotes() throws IOException {
    assertEquals(
        List.of("2:1,\"x\ny\"", "4:2,\"\"\"\n,\"", "7:3,z"),
        frames("text/csv", "A,b\n1,\"x\ny\"\r\n2,\"\"\"\n,\"\n\n3,z"));
    assertEquals(List.of("1:1,x", "2:2,y"), frames("text/csv; header=absent", "1,x\n2,y\n"));
    assertEquals(List.of(), frames("text/csv", "a,b"));
  }

  @Test
  void aHeaderThatIsNotTheDeclaredOneTravelsWithTheRows() throws IOException {
    List<Frame> same = Framing.of("text/csv", STREAM).frameAll(bytes("\ufeffA,\"B\"\n1,x"));
    assertEquals("text/csv", same.get(0).contentType());
    List<Frame> other = Framing.of("text/csv", STREAM).frameAll(bytes("b,q,A\nx,y,1"));
    assertEquals("text/csv;header=b,q,A", other.get(0).contentType());
    Events.Outcome outcome = Events.decode(STREAM, "x,y,1", "text/csv;header=b,q,A");
    assertEquals(List.of(1L, "x"), outcome.values());
    assertEquals(1, outcome.unknownFields());
  }

  @Test
  void aHeaderLineThatCannotBeOneIsRefused() {
    failure("text/csv", "");
    failure("text/csv", "\n\n");
    assertEquals(
        "Cannot read a header line that has \"A\" twice (fields 1 and 2)",
        failure("text/csv", "a, A\n").getMessage());
    assertEquals(
        "Cannot read a header line that has \"x\" twice (fields 2 and 3)",
        failure("text/csv", "a,x, x\n").getMessage());
    assertEquals(
        "Cannot read a header line of which two fields have no name (fields 3 and 4)",
        failure("text/csv", "a,b,,\n").getMessage());
    assertTrue(
        failure("text/csv", "1,x\n2,y\n").getMessage().contains("is the header line missing"));
    failure("text/csv", "a\"b\n");
    String returns = failure("text/csv", "a,b\r1,x\r2,y\r").getMessage();
    assertTrue(returns.contains("a line break may only stand in a quoted field"), returns);
    failure("text/csv", "a," + "x".repeat(70_000) + "\n");
    assertEquals(3, failure("text/csv", "a,b\n1,x\n\"2,y\n3,z\n").line());
  }

  @Test
  void aSingleColumnKeepsItsEmptyLines() throws IOException {
    assertEquals(List.of("2:x", "3:", "4:y"), frames("text/csv", "b\nx\n\ny\n"));
  }

  @Test
  void anEventBeyondTheLimitIsAFrameThatIsRejectedAndTheNextOneIsFound() throws IOException {
    String big = "{\"b\":\"" + "\\n".repeat(Limits.EVENT_BYTES) + "\"}";
    String[][] bodies = {
      {"application/x-ndjson", "{}\n" + big + "\n{\"a\":1}"},
      {"application/json", "[{},\n" + big + ",\n{\"a\":1}]"},
    };
    for (String[] body : bodies) {
      for (boolean streamed : new boolean[] {false, true}) {
        List<Frame> frames = read(Framing.of(body[0], STREAM), bytes(body[1]), streamed, 1 << 16);
        assertEquals(3, frames.size());
        Frame frame = frames.get(1);
        assertEquals(2, frame.line());
        assertEquals(3, frames.get(2).line());
        assertEquals(ContentTypes.OVERSIZE + big.length(), frame.contentType());
        assertEquals(Limits.OVERSIZE_KEPT_BYTES, frame.length());
        assertTrue(big.startsWith(shown(frame).substring(2)));
        Events.Outcome outcome =
            Events.decode(
                Decoders.of(STREAM),
                STREAM,
                frame.bytes(),
                frame.offset(),
                frame.length(),
                frame.contentType());
        assertEquals("limit", outcome.code());
        assertTrue(outcome.rejection().reason().contains(big.length() + " bytes"));
      }
    }
  }

  @Test
  void aBodyReadInPiecesOfAnySizeGivesTheSameFrames() throws IOException {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      for (String type : List.of("application/json", "application/x-ndjson", "text/csv")) {
        byte[] body = bytes(body(type, random));
        List<String> whole = outcome(Framing.of(type, STREAM), body, false, 1);
        List<String> pieces = outcome(Framing.of(type, STREAM), body, true, 1 + random.nextInt(20));
        assertEquals(
            whole, pieces, () -> "seed " + seed + ": " + new String(body, StandardCharsets.UTF_8));
      }
    }
  }

  private static String body(String type, Random random) {
    String alphabet = type.equals("text/csv") ? "a,\"\"\n\r1x" : "{}[]\"\"\\,:\n 1a";
    StringBuilder body = new StringBuilder();
    body.append(type.equals("text/csv") ? "a,b\n" : type.endsWith("/json") ? "[" : "");
    int size = random.nextInt(40);
    for (int i = 0; i < size; i++) {
      body.append(
          random.nextInt(3) == 0 && !type.equals("text/csv")
              ? "{\"a\":1},"
              : String.valueOf(alphabet.charAt(random.nextInt(alphabet.length()))));
    }
    return body.toString();
  }

  private static List<String> outcome(Framing framing, byte[] body, boolean streamed, int piece)
      throws IOException {
    List<String> outcome = new ArrayList<>();
    try {
      read(framing, body, streamed, piece).forEach(frame -> outcome.add(shown(frame)));
    } catch (FramingException e) {
      return List.of("failed at " + e.line() + ": " + e.getMessage());
    }
    return outcome;
  }

  private static List<Frame> read(Framing framing, byte[] body, boolean streamed, int piece)
      throws IOException {
    if (!streamed) {
      return framing.frameAll(body);
    }
    InputStream pieces =
        new ByteArrayInputStream(body) {
          @Override
          public synchronized int read(byte[] out, int offset, int length) {
            return super.read(out, offset, Math.min(piece, length));
          }
        };
    FrameReader reader = framing.open(pieces);
    List<Frame> frames = new ArrayList<>();
    for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
      frames.add(new Frame(frame.line(), frame.copy(), 0, frame.length(), frame.contentType()));
    }
    assertNull(reader.next());
    return frames;
  }

  @Test
  void contentTypesThatAreNotTakenAreRefusedByName() throws IOException {
    for (String type : List.of("", "text/html", "application/xml", "text/plain", "json")) {
      ContentTypeException e =
          assertThrows(ContentTypeException.class, () -> Framing.of(type, STREAM));
      assertTrue(e.getMessage().contains("it takes application/json"), e.getMessage());
    }
    Framing.of("Application/JSON; Charset=\"UTF-8\"", STREAM);
    Framing.of("text/csv; header=Present ; charset=us-ascii;", STREAM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/csv; charset=latin1              | send UTF-8
          text/csv; charset=                    | send UTF-8
          text/csv; charset=utf-8; charset=utf8 | it has 'charset' twice
          text/csv; delimeter=tab               | there is no parameter 'delimeter'; did you mean 'delimiter'?
          text/csv; sep=tab                     | there is no parameter 'sep'; it takes header, delimiter, quote, charset
          application/json; charest=utf-8       | there is no parameter 'charest'; did you mean 'charset'?
          application/x-ndjson; delimiter=tab   | 'delimiter' is a parameter of text/csv
          text/csv; header=no                   | 'header' is present or absent
          text/csv; delimiter=;                 | Cannot use delimiter ''
          text/csv; delimiter=ab                | Cannot use delimiter 'ab'
          text/csv; delimiter=%22               | Cannot use delimiter '"'
          text/csv; quote=single                | Cannot use quote 'single': it may be double or none
          text/csv delimiter=tab                | its parameters are written name=value
          text/csv; delimiter                   | its parameters are written name=value
          """)
  void aParameterThatCannotBeHeardIsRefused(String type, String why) {
    ContentTypeException e =
        assertThrows(ContentTypeException.class, () -> Framing.of(type, STREAM));
    assertTrue(e.getMessage().startsWith("Cannot read content type '" + type + "': "), type);
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void aBodyThatIsNotUtf8AtItsFirstBytesIsRefusedAsThat() {
    for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
      byte[] body = "\ufeffa,b\n1,x\n".getBytes(java.nio.charset.Charset.forName(charset));
      for (String type : List.of("text/csv", "application/json", "application/x-ndjson")) {
        FramingException e =
            assertThrows(
                FramingException.class, () -> Framing.of(type, STREAM).frameAll(body), type);
        assertTrue(e.getMessage().contains("send UTF-8"), e.getMessage());
      }
    }
  }
}
