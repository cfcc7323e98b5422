// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.anabranch.view.Receipt;
import org.anabranch.view.Schema;
import org.anabranch.view.Standing;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.Tally;
import org.anabranch.view.Type;
import org.anabranch.view.segment.CellProblem;
import org.junit.jupiter.api.Test;

class AnswerFormatTest {
  private static final Schema SCHEMA =
      Schema.of(
          Column.nullable("text, \"odd\"", Type.VARCHAR),
          Column.nullable("whole", Type.BIGINT),
          Column.nullable("exact", Type.decimal(38, 4)),
          Column.nullable("double", Type.DOUBLE),
          Column.nullable("day", Type.DATE),
          Column.nullable("at", Type.TIMESTAMP),
          Column.nullable("seen", Type.INSTANT),
          Column.nullable("truth", Type.BOOLEAN));
  private static final Object[] FULL = {
    "a\"b\n\u0001ü",
    Long.MIN_VALUE,
    new BigDecimal("12345678901234567890.1000"),
    1e-7,
    11337L,
    979545600000L,
    979545600007L,
    true
  };
  private static final Object[] EMPTY = {
    "", null, null, Double.NEGATIVE_INFINITY, null, null, null, null
  };
  private static final Receipt RECEIPT = Receipt.of("flights", Coverage.of(TestViews.LANE, 0, 3));

  private static String written(AnswerFormat format) throws IOException {
    return written(format, new Problems());
  }

  private static String written(AnswerFormat format, Problems problems) throws IOException {
    Iterator<Object[]> rows = List.of(FULL, EMPTY).iterator();
    Answer answer =
        new Answer() {
          @Override
          public Schema schema() {
            return SCHEMA;
          }

          @Override
          public Object[] next() {
            return rows.hasNext() ? rows.next() : null;
          }

          @Override
          public Receipt receipt() {
            return RECEIPT;
          }

          @Override
          public Problems problems() {
            return problems;
          }

          @Override
          public List<Footing> footings() {
            Standing standing =
                new Standing(
                    "flights",
                    Coverage.of(TestViews.LANE, 0, 3),
                    Coverage.of(TestViews.LANE, 0, 2),
                    StreamLedger.EMPTY,
                    1000);
            return List.of(
                new Footing("delays", standing, Optional.of(new Tally(1, 1, 1, List.of()))));
          }

          @Override
          public Optional<String> nextPage() {
            return Optional.of("page.00");
          }

          @Override
          public void close() {}
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(answer, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void csvQuotesAndTellsNullFromTheEmptyText() throws IOException {
    assertEquals(
        "\"text, \"\"odd\"\"\",whole,exact,double,day,at,seen,truth\r\n"
            + "\"a\"\"b\n\u0001ü\",-9223372036854775808,12345678901234567890.1000,1e-07,2001-01-15,"
            + "2001-01-15T08:00:00.000,2001-01-15T08:00:00.007Z,true\r\n"
            + "\"\",,,-Infinity,,,,\r\n",
        written(AnswerFormat.CSV));
  }

  @Test
  void linesOfJsonAreExact() throws IOException {
    String[] lines = written(AnswerFormat.NDJSON).split("\n", -1);
    assertEquals(4, lines.length);
    assertEquals(
        "{\"complete\":true,\"rows\":2,\"receipt\":\""
            + RECEIPT.token()
            + "\",\"next\":\"page.00\"}",
        lines[2]);
    assertEquals("", lines[3]);
    assertEquals(
        "{\"text, \\\"odd\\\"\":\"a\\\"b\\n\\u0001ü\",\"whole\":-9223372036854775808,"
            + "\"exact\":12345678901234567890.1000,\"double\":1e-07,\"day\":\"2001-01-15\","
            + "\"at\":\"2001-01-15T08:00:00.000\",\"seen\":\"2001-01-15T08:00:00.007Z\","
            + "\"truth\":true}",
        lines[0]);
    assertTrue(lines[1].contains("\"double\":\"-Infinity\""), lines[1]);
  }

  @Test
  void jsonNamesTheCellsThatCouldNotBeShownBesideTheReceipt() throws IOException {
    Problems problems = new Problems();
    problems.add(
        Collections.nCopies(
            30, new CellProblem("k = 'a'", "sum", 1, null, "199 does not fit", "cast it")));
    Map<?, ?> whole =
        (Map<?, ?>) Json.read(written(AnswerFormat.JSON, problems).strip().replace("\n", ""));
    Map<?, ?> said = (Map<?, ?>) whole.get("problems");
    assertEquals(new Json.Digits("30"), said.get("total"));
    assertEquals(Problems.MOST_LISTED, ((List<?>) said.get("listed")).size());
    assertEquals(
        Map.of(
            "group",
            "k = 'a'",
            "column",
            "sum",
            "problem",
            "199 does not fit",
            "advice",
            "cast it"),
        ((List<?>) said.get("listed")).get(0));
    assertFalse(written(AnswerFormat.JSON).contains("problems"));
    String[] lines = written(AnswerFormat.NDJSON, problems).split("\n", -1);
    assertEquals(said, ((Map<?, ?>) Json.read(lines[2])).get("problems"));
    assertFalse(written(AnswerFormat.NDJSON).contains("problems"));
  }

  @Test
  void jsonCarriesColumnsRowsReceiptAndNextPage() throws IOException {
    Map<?, ?> whole = (Map<?, ?>) Json.read(written(AnswerFormat.JSON).strip().replace("\n", ""));
    assertEquals(8, ((List<?>) whole.get("columns")).size());
    assertEquals(2, ((List<?>) whole.get("rows")).size());
    Map<?, ?> receipt = (Map<?, ?>) whole.get("receipt");
    assertEquals(RECEIPT.token(), receipt.get("token"));
    assertEquals("page.00", whole.get("next"));
    Map<?, ?> row = (Map<?, ?>) ((List<?>) whole.get("rows")).get(0);
    assertEquals("a\"b\n\u0001ü", row.get("text, \"odd\""));
    assertEquals(new Json.Digits("12345678901234567890.1000"), row.get("exact"));
    Map<?, ?> relation = (Map<?, ?>) ((List<?>) receipt.get("relations")).get(0);
    assertEquals("delays", relation.get("name"));
    assertEquals("topic.0.0:0-2", relation.get("cut"));
    assertEquals(new Json.Digits("1"), relation.get("rejected"));
    assertEquals("1970-01-01T00:00:01.000Z", relation.get("asOf"));
  }
}
