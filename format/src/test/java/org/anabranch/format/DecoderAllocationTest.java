// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Good events of JSON and CSV go from bytes into columns without an object on the way, while their
 * numbers have up to 18 digits.
 */
final class DecoderAllocationTest {
  private static final int EVENTS = 20_000;
  private static final double MOST_BYTES_AN_EVENT = 1;

  private static final Schema SCHEMA =
      Schema.of(
          Column.nullable("truth", Type.BOOLEAN),
          Column.nullable("number", Type.INTEGER),
          Column.nullable("big", Type.BIGINT),
          Column.nullable("ratio", Type.DOUBLE),
          Column.nullable("price", Type.decimal(9, 2)),
          Column.nullable("exact", Type.decimal(38, 20)),
          Column.nullable("text", Type.VARCHAR),
          Column.nullable("day", Type.DATE),
          Column.nullable("at", Type.TIMESTAMP),
          Column.nullable("seen", Type.INSTANT));

  private static final String JSON =
      """
      {"truth":true,"number":-17,"big":123456789012,"ratio":30.231535,"price":12.50,\
      "exact":-45678901.123456789,"text":"a \\u00e4 \\"text\\"","day":"2001-01-31",\
      "at":"2001-01-31T10:00:00.5","seen":"2015-03-07T10:03:34-06:00","unknown":{"a":[1,2]}}""";
  private static final String CSV =
      "true,-17,123456789012,30.231535,12.50,-45678901.123456789,\"a \"\"text\"\"\","
          + "2001-01-31,2001-01-31T10:00:00.5,2015-03-07T10:03:34-06:00";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({"json", "csv"})
  void aGoodEventMakesNoObject(String format) {
    StreamDefinition stream =
        new StreamDefinition("test", SCHEMA, List.of(), Map.of("format", format), "");
    EventDecoder decoder = Decoders.of(stream);
    RowsBuilder rows = new RowsBuilder(stream);
    byte[] event = Events.bytes(format.equals("json") ? JSON : CSV);
    decode(decoder, rows, event);
    long before = threads.getCurrentThreadAllocatedBytes();
    decode(decoder, rows, event);
    double bytes = (threads.getCurrentThreadAllocatedBytes() - before) / (double) EVENTS;
    assertTrue(bytes < MOST_BYTES_AN_EVENT, () -> bytes + " bytes an event");
  }

  /** Every row is taken back, so that the columns do not grow. */
  private static void decode(EventDecoder decoder, RowsBuilder rows, byte[] event) {
    for (int i = 0; i < EVENTS; i++) {
      assertNull(decoder.decode(event, 0, event.length, "", rows));
      rows.rollbackRow();
    }
  }
}
