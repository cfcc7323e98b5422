// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.anabranch.cli.CommandException;
import org.anabranch.cli.client.Server;
import org.anabranch.ingest.FileOptions;
import org.anabranch.ingest.FilePiece;
import org.anabranch.ingest.FileSource;

/**
 * All flights of a file in order of arrival: departure plus delay, ties in order of the file. Read
 * here without any of what is shown, so that it can be checked against.
 */
final class Flights {
  private static final String HEADER = "date,delay,distance,origin,destination";

  /** Stands for a delay that is not known. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  private long[] departures = new long[1 << 16];
  private int[] delays = new int[1 << 16];
  private int[] distances = new int[1 << 16];
  private int[] origins = new int[1 << 16];
  private int[] destinations = new int[1 << 16];
  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> airports = new ArrayList<>();
  private int size;

  /** Arrival in minutes in the upper half, index in the file in the lower. */
  private long[] order;

  private Flights() {}

  /** Reads CSV, gzip'd CSV or Parquet. */
  static Flights read(Path file) throws IOException {
    Flights flights = new Flights();
    if (file.toString().endsWith(".parquet")) {
      flights.readParquet(file);
    } else {
      flights.readCsv(file);
    }
    flights.sort();
    return flights;
  }

  private void readCsv(Path file) throws IOException {
    boolean packed = file.toString().endsWith(".gz");
    try (var in = Files.newInputStream(file);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    packed ? new GZIPInputStream(in, 1 << 16) : in, StandardCharsets.UTF_8))) {
      if (!HEADER.equals(lines.readLine())) {
        throw CommandException.failed(
            "Cannot use " + file + ": its first line is not '" + HEADER + "'");
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        add(
            fields[0],
            fields[1].isEmpty() ? UNKNOWN : Integer.parseInt(fields[1]),
            Integer.parseInt(fields[2]),
            fields[3],
            fields[4]);
      }
    }
  }

  private void readParquet(Path file) throws IOException {
    ObjectReader reader = Server.JSON.readerFor(JsonNode.class);
    try (FileSource source = FileSource.open(file, FileOptions.DEFAULT)) {
      for (FilePiece piece = source.next(); piece != null; piece = source.next()) {
        try (var rows = reader.<JsonNode>readValues(piece.body())) {
          while (rows.hasNextValue()) {
            JsonNode row = rows.nextValue();
            add(
                row.path("date").asText(),
                row.path("delay").isNumber() ? row.path("delay").asInt() : UNKNOWN,
                row.path("distance").asInt(),
                row.path("origin").asText(),
                row.path("destination").asText());
          }
        }
      }
    }
  }

  private void add(String date, int delay, int distance, String origin, String destination) {
    if (size == departures.length) {
      grow();
    }
    departures[size] = LocalDateTime.parse(date).toInstant(ZoneOffset.UTC).toEpochMilli();
    delays[size] = delay;
    distances[size] = distance;
    origins[size] = code(origin);
    destinations[size] = code(destination);
    size++;
  }

  private void grow() {
    departures = Arrays.copyOf(departures, size * 2);
    delays = Arrays.copyOf(delays, size * 2);
    distances = Arrays.copyOf(distances, size * 2);
    origins = Arrays.copyOf(origins, size * 2);
    destinations = Arrays.copyOf(destinations, size * 2);
  }

  private int code(String airport) {
    Integer known = codes.get(airport);
    if (known != null) {
      return known;
    }
    codes.put(airport, airports.size());
    airports.add(airport);
    return airports.size() - 1;
  }

  private void sort() {
    if (size == 0) {
      throw CommandException.failed("Cannot show anything: the file has no flights");
    }
    order = new long[size];
    for (int i = 0; i < size; i++) {
      long minute = Math.floorDiv(departures[i], 60_000) + (delays[i] == UNKNOWN ? 0 : delays[i]);
      order[i] = minute << 32 | i;
    }
    Arrays.sort(order);
  }

  int size() {
    return size;
  }

  long firstDeparture() {
    return Arrays.stream(departures, 0, size).min().orElseThrow();
  }

  long lastDeparture() {
    return Arrays.stream(departures, 0, size).max().orElseThrow();
  }

  /** When the flight at a place of the order arrived, in epoch milliseconds. */
  long arrival(int place) {
    return (order[place] >> 32) * 60_000;
  }

  /** The first place whose flight arrived at a time or later. */
  int firstFrom(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (arrival(middle) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int row(int place) {
    return (int) order[place];
  }

  long departure(int place) {
    return departures[row(place)];
  }

  /** The delay in minutes, or {@link #UNKNOWN}. */
  int delay(int place) {
    return delays[row(place)];
  }

  int distance(int place) {
    return distances[row(place)];
  }

  int origin(int place) {
    return origins[row(place)];
  }

  int destination(int place) {
    return destinations[row(place)];
  }

  /** How many airports there are. */
  int airports() {
    return airports.size();
  }

  String airport(int code) {
    return airports.get(code);
  }

  /** Some flights as the body of a request, one JSON object a line. */
  byte[] body(int from, int to) {
    StringBuilder body = new StringBuilder((to - from) * 100);
    for (int place = from; place < to; place++) {
      int row = row(place);
      LocalDateTime departed =
          LocalDateTime.ofEpochSecond(departures[row] / 1_000, 0, ZoneOffset.UTC);
      body.append("{\"date\":\"").append(departed).append(":00".repeat(isWhole(departed) ? 1 : 0));
      body.append("\",\"delay\":").append(delays[row] == UNKNOWN ? "null" : delays[row]);
      body.append(",\"distance\":").append(distances[row]);
      body.append(",\"origin\":\"").append(airports.get(origins[row]));
      body.append("\",\"destination\":\"").append(airports.get(destinations[row]));
      body.append("\"}\n");
    }
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Java leaves out seconds that are zero. */
  private static boolean isWhole(LocalDateTime time) {
    return time.getSecond() == 0;
  }
}
