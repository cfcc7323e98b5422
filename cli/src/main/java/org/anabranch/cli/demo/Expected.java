// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anabranch.cli.output.Numbers;

/** What the views must say of the flights sent so far, by a plain loop. */
final class Expected {
  private static final long DAY_MILLIS = 86_400_000;

  /** One airport's flights of one day. */
  private static final class Group {
    long flights;
    long delay;
    long late;
    final BitSet destinations = new BitSet();
  }

  private record Key(String origin, long day) {}

  private final Flights flights;
  private final Map<Key, Group> groups = new HashMap<>();
  private long count;
  private long delay;
  private long distance;

  Expected(Flights flights) {
    this.flights = flights;
  }

  /** Takes the flights at some places of the order. */
  void add(int from, int to) {
    for (int place = from; place < to; place++) {
      add(place);
    }
  }

  private void add(int place) {
    count++;
    distance += flights.distance(place);
    int minutes = flights.delay(place);
    if (minutes == Flights.UNKNOWN) {
      return;
    }
    delay += minutes;
    long day = Math.floorDiv(flights.departure(place), DAY_MILLIS);
    Group group =
        groups.computeIfAbsent(
            new Key(flights.airport(flights.origin(place)), day), key -> new Group());
    group.flights++;
    group.delay += minutes;
    group.late += minutes >= 15 ? 1 : 0;
    group.destinations.set(flights.destination(place));
  }

  long count() {
    return count;
  }

  int groups() {
    return groups.size();
  }

  /** The whole stream in one sentence. */
  String totals() {
    return totals(count, delay, distance);
  }

  /** The same sentence from the view's row. */
  static String totals(JsonNode row) {
    return totals(
        row.path("flights").asLong(), row.path("delay").asLong(), row.path("distance").asLong());
  }

  private static String totals(long flights, long minutes, long miles) {
    return Numbers.grouped(flights)
        + " flights, "
        + Numbers.grouped(minutes)
        + " minutes of delay, "
        + Numbers.grouped(miles)
        + " miles";
  }

  /** The first difference between the rows of {@code delays} and the loop's, if there is one. */
  Optional<String> difference(JsonNode rows) {
    if (rows.size() != groups.size()) {
      return Optional.of(rows.size() + " rows instead of " + groups.size());
    }
    for (JsonNode row : rows) {
      Key key = key(row);
      Group group = groups.get(key);
      if (group == null || !equal(group, row)) {
        return Optional.of("the row " + row + " differs from the loop's");
      }
    }
    return Optional.empty();
  }

  private static Key key(JsonNode row) {
    LocalDateTime day = LocalDateTime.parse(row.path("day").asText());
    return new Key(
        row.path("origin").asText(),
        Math.floorDiv(day.toInstant(ZoneOffset.UTC).toEpochMilli(), DAY_MILLIS));
  }

  private static boolean equal(Group group, JsonNode row) {
    return row.path("flights").asLong() == group.flights
        && row.path("mean_delay").asDouble() == (double) group.delay / group.flights
        && row.path("late_flights").asLong() == group.late
        && row.path("destinations").asLong() == group.destinations.cardinality();
  }
}
