// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.anabranch.format.Events.bytes;
import static org.anabranch.format.Events.column;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** Inputs that other systems were reported to take wrongly, each with what is right. */
class ReportedInputsTest {
  private static final StreamDefinition STREAM =
      Events.json(
          column("n", Type.BIGINT),
          column("d", Type.DOUBLE),
          column("m", Type.decimal(38, 0)),
          column("t", Type.VARCHAR));

  /** The rows of a body that comes a byte at a time; of a rejected one its code. */
  private static String rows(String type, String body) throws IOException {
    ByteArrayInputStream slow =
        new ByteArrayInputStream(bytes(body)) {
          @Override
          public synchronized int read(byte[] out, int offset, int length) {
            return super.read(out, offset, Math.min(1, length));
          }
        };
    List<String> rows = new ArrayList<>();
    try {
      FrameReader reader = Framing.of(type, STREAM).open(slow);
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        RowsBuilder builder = new RowsBuilder(STREAM);
        Transcoder.Transcoded taken = new Transcoder(STREAM).toDeclared(frame, builder);
        rows.add(
            taken.rejection() != null
                ? taken.rejection().code()
                : builder.vectors().stream().map(v -> String.valueOf(v.get(0))).toList() + "");
      }
    } catch (FramingException e) {
      rows.add("refused at line " + e.line());
    }
    return String.join(" ", rows);
  }

  private static void csv(String expected, String body) throws IOException {
    assertEquals(expected, rows("text/csv", body), body);
  }

  private static void json(String expected, String body) throws IOException {
    assertEquals(expected, rows("application/x-ndjson", body), body);
  }

  @Test
  void rowsOfCsvAreTakenAsTheyAreWritten() throws IOException {
    String two = "[1, null, null, a\nb] [2, null, null, c]";
    csv(two, "n,t\r\n1,\"a\nb\"\r\n2,c\r\n");
    csv(two, "n,t\n1,\"a\nb\"\n2,c");
    csv("[1, null, null, a\r\nb]", "n,t\r\n1,\"a\r\nb\"");
    csv("refused at line 1", "n,t\r1,a\r2,b\r");
    csv("[1, null, null, null] syntax [2, null, null, b]", "n,t\n1,\n1,a,\n2,b\n");
    csv("syntax syntax", "n,t\n1\n1,\"a\"b\n");
    csv("refused at line 1", "n,t,t\n1,a,b\n");
    csv("refused at line 1", "1,a\n2,b\n");
    csv("[1, null, null, a] refused at line 3", "n,t\n1,a\n2,\"b\n3,c\n");
    csv("[1, null, null, a\0b]", "n,t\n1,a\0b\n");
    csv("[1, null, null, NULL]", "n,t\n1,NULL\n");
    csv("[1, null, null, # no comment]", "n,t\n1,# no comment\n");
    csv("[7, null, null, null] type type", "n\n007\n1_000\n0x10\n");
    csv("[1, null, null, \\\"]", "n,t\n1,\"\\\"\"\"\n");
  }

  @Test
  void numbersAreExactOrRefused() throws IOException {
    json("[9007199254740993, null, null, null]", "{\"n\":9007199254740993}");
    json("range", "{\"n\":9223372036854775808}");
    json("range", "{\"n\":1e400}");
    json("range", "{\"d\":1e400}");
    json("range", "{\"d\":1e-400}");
    json("syntax syntax", "{\"d\":NaN}\n{\"d\":-Infinity}");
    json("[null, NaN, null, null]", "{\"d\":\"NaN\"}");
    json(
        "[null, null, 99999999999999999999999999999999999999, null]",
        "{\"m\":99999999999999999999999999999999999999}");
    json("range", "{\"m\":100000000000000000000000000000000000000}");
    json("range type", "{\"m\":0.5}\n{\"n\":0.5}");
    csv("range", "n\n9223372036854775808\n");
  }

  @Test
  void objectsAreTakenWholeOrNotAtAll() throws IOException {
    json("duplicate duplicate", "{\"n\":1,\"n\":1}\n{\"n\":1,\"\\u006e\":2}");
    json("encoding", "{\"t\":\"\\ud83d\"}");
    json("encoding", "{\"t\":\"\\ude00\\ud83d\"}");
    json("syntax", "{\"n\":1}{\"n\":2}");
    json("syntax syntax syntax", "{\"n\":1,}\n{n:1}\n{\"n\":1} // one");
    json("[1, null, null, \0]", "{\"n\":1,\"t\":\"\\u0000\"}");
    json("syntax", "{\"t\":\"a\tb\"}");
    String deep = "[".repeat(100) + "]".repeat(100);
    json("limit [2, null, null, null]", "{\"x\":" + deep + "}\n{\"n\":2}");
    String deeper = "{\"x\":".repeat(100_000) + "1" + "}".repeat(100_000);
    assertEquals("limit", rows("application/json", deeper));
    assertEquals(
        "[1, null, null, null] type syntax", rows("application/json", "[{\"n\":1},{\"n\":[1]},1]"));
    json("type type type", "{\"t\":5}\n{\"n\":\"5\"}\n{\"t\":{\"a\":1}}");
  }
}
