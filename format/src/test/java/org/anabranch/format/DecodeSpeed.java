// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.Map;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;

/** Prints how many flight events one core decodes a second, in each format. Not a test. */
final class DecodeSpeed {
  private static final int EVENTS = 100_000;
  private static final int ROUNDS = 15;
  private static final int CHUNK = 1_000;

  private DecodeSpeed() {}

  public static void main(String[] arguments) {
    Schema schema =
        Schema.of(
            Column.required("date", Type.TIMESTAMP),
            Column.required("origin", Type.VARCHAR),
            Column.required("destination", Type.VARCHAR),
            Column.nullable("delay", Type.INTEGER),
            Column.nullable("distance", Type.INTEGER));
    for (String format : new String[] {"json", "csv"}) {
      StreamDefinition stream =
          new StreamDefinition(
              "flights", schema, java.util.List.of(), Map.of("format", format), "");
      measure(format, stream, events(stream));
    }
  }

  private static byte[][] events(StreamDefinition stream) {
    Random random = new Random(1);
    RowsBuilder rows = new RowsBuilder(stream);
    EventWriter writer = EventWriter.of(stream);
    byte[][] events = new byte[EVENTS][];
    for (int i = 0; i < EVENTS; i++) {
      rows.vector(0).append(978_307_200_000L + i * 60_000L);
      rows.vector(1).append(airport(random));
      rows.vector(2).append(airport(random));
      rows.vector(3).append(random.nextInt(8) == 0 ? null : (long) random.nextInt(120) - 20);
      rows.vector(4).append((long) random.nextInt(2500));
      events[i] = writer.write(rows.vectors(), i);
      rows.commitRow(i, 0);
    }
    return events;
  }

  private static String airport(Random random) {
    char[] letters = new char[3];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (char) ('A' + random.nextInt(6));
    }
    return new String(letters);
  }

  private static void measure(String format, StreamDefinition stream, byte[][] events) {
    EventDecoder decoder = Decoders.of(stream);
    RowsBuilder rows = new RowsBuilder(stream);
    long best = Long.MAX_VALUE;
    long bytes = 0;
    long checksum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      bytes = 0;
      checksum = 0;
      for (byte[] event : events) {
        if (decoder.decode(event, 0, event.length, "", rows) != null) {
          throw new AssertionError("rejected");
        }
        bytes += event.length;
        rows.commitRow(rows.size(), 0);
        if (rows.size() == CHUNK) {
          var chunk = rows.build(new Lane("t", 0, 0), new Range(0, CHUNK));
          checksum += (Long) chunk.column(4).get(CHUNK - 1);
        }
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.printf(
        "%s: %.2f M events/s, %.0f MB/s, %d bytes/event, checksum %d%n",
        format, EVENTS * 1e3 / best, bytes * 1e3 / best, bytes / EVENTS, checksum);
  }
}
