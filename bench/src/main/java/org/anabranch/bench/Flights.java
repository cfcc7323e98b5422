// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.anabranch.sql.Script;
import org.anabranch.sql.ScriptException;

/** The example's flights as JSON events, and its SQL. */
final class Flights {
  private static final String HEADER = "date,delay,distance,origin,destination";

  private final Path folder;

  Flights(Path folder) {
    this.folder = folder;
  }

  /** Its streams and views, with more views. */
  Script script(String views) throws IOException, ScriptException {
    String sql = Files.readString(folder.resolve("pipeline.sql"));
    return Script.parse("pipeline.sql", sql + "\n" + views);
  }

  /** So many events; from the first row again where the file has fewer. */
  List<byte[]> events(int count) throws IOException {
    List<byte[]> events = new ArrayList<>(count);
    try (BufferedReader rows = rows()) {
      for (String row = rows.readLine(); row != null; row = rows.readLine()) {
        if (events.size() == count) {
          return events;
        }
        events.add(json(row.split(",", -1)));
      }
    }
    int different = events.size();
    while (events.size() < count) {
      events.add(events.get(events.size() - different));
    }
    return events;
  }

  private BufferedReader rows() throws IOException {
    Path file = folder.resolve("flights-2001-01.csv.gz");
    BufferedReader rows =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    String header = rows.readLine();
    if (!HEADER.equals(header)) {
      rows.close();
      throw new IOException("Cannot read " + file + ": its header is '" + header + "'");
    }
    return rows;
  }

  private static byte[] json(String[] row) {
    String delay = row[1].isEmpty() ? "null" : row[1];
    String text =
        "{\"date\":\""
            + row[0]
            + "\",\"delay\":"
            + delay
            + ",\"distance\":"
            + row[2]
            + ",\"origin\":\""
            + row[3]
            + "\",\"destination\":\""
            + row[4]
            + "\"}";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Events as one body, a line each. */
  static byte[] lines(List<byte[]> events) {
    StringBuilder lines = new StringBuilder();
    events.forEach(event -> lines.append(new String(event, StandardCharsets.UTF_8)).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Events cut into runs of a length. */
  static List<List<byte[]>> batches(List<byte[]> events, int length) {
    List<List<byte[]>> batches = new ArrayList<>();
    for (int from = 0; from < events.size(); from += length) {
      batches.add(events.subList(from, Math.min(events.size(), from + length)));
    }
    return batches;
  }
}
