// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * What one writes by hand: a streaming parser and a hash map, flights and delay by origin and day.
 * It checks nothing: neither types, nor NOT NULL, nor CHECK.
 */
final class NaiveLoop {
  private static final class State {
    long flights;
    long delay;
  }

  private record Group(String origin, String day) {}

  private final JsonFactory json = new JsonFactory();
  private final Map<Group, State> groups = new HashMap<>();

  void add(ByteBuffer event) {
    int offset = event.arrayOffset() + event.position();
    try (JsonParser parser = json.createParser(event.array(), offset, event.remaining())) {
      String origin = null;
      String date = null;
      Integer delay = null;
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (field) {
          case "origin" -> origin = parser.getText();
          case "date" -> date = parser.getText();
          case "delay" -> delay = value == JsonToken.VALUE_NULL ? null : parser.getIntValue();
          default -> parser.skipChildren();
        }
      }
      if (delay != null) {
        State state =
            groups.computeIfAbsent(new Group(origin, date.substring(0, 10)), key -> new State());
        state.flights++;
        state.delay += delay;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String checksum() {
    Checksum checksum = new Checksum();
    groups.forEach(
        (group, state) ->
            checksum.add(
                group.origin(),
                LocalDate.parse(group.day()).toEpochDay(),
                state.flights,
                state.delay));
    return checksum.text();
  }
}
