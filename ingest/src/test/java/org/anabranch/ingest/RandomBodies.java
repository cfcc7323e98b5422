// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Random;

/** Bodies with good and bad events of {@link Flows#stream}. */
final class RandomBodies {
  private static final String[] NOTES = {
    "plain", "", "a,b", "say \"hi\"", "two\nlines", "ä€😀", " padded ", "\\", "null", "1"
  };

  private final Random random;

  RandomBodies(Random random) {
    this.random = random;
  }

  record Body(String contentType, byte[] bytes, int events) {}

  Body next(String format, int most) {
    int events = random.nextInt(most + 1);
    int kind = random.nextInt(format.equals("regex") ? 4 : 3);
    return switch (kind) {
      case 0 -> json(events);
      case 1 -> ndjson(events);
      case 2 -> csv(events);
      default -> lines(events);
    };
  }

  Body json(int events) {
    StringBuilder text = new StringBuilder(" [");
    for (int i = 0; i < events; i++) {
      text.append(i == 0 ? "\n" : random.nextBoolean() ? "," : " ,\n\n  ").append(object(true));
    }
    return new Body(
        "application/json", Flows.bytes(text + (random.nextBoolean() ? "]" : "\n]\n")), events);
  }

  Body ndjson(int events) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < events; i++) {
      text.append(random.nextInt(5) == 0 ? "\n" : "").append(object(false));
      text.append(random.nextBoolean() ? "\n" : "\r\n");
    }
    return new Body("application/x-ndjson", Flows.bytes(text.toString()), events);
  }

  /** Bad in every way that leaves the brackets whole. */
  private String object(boolean mayBreakLines) {
    String id =
        switch (random.nextInt(8)) {
          case 0 -> "\"seven\"";
          case 1 -> "null";
          case 2 -> "1.5";
          default -> Integer.toString(random.nextInt(1000));
        };
    String delay = random.nextInt(6) == 0 ? "null" : Integer.toString(random.nextInt(30) - 5);
    String note = quoted(NOTES[random.nextInt(NOTES.length)]);
    String separator = mayBreakLines && random.nextInt(4) == 0 ? ",\n " : ",";
    String twice = random.nextInt(12) == 0 ? ",\"id\":3" : "";
    return "{\"id\":"
        + id
        + separator
        + "\"origin\":"
        + origin()
        + separator
        + "\"delay\":"
        + delay
        + ",\"note\":"
        + note
        + twice
        + (random.nextInt(5) == 0 ? ",\"more\":[1,{}]" : "")
        + "}";
  }

  private String origin() {
    return random.nextInt(6) == 0 ? "null" : "\"" + (char) ('A' + random.nextInt(6)) + "\"";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  Body csv(int events) {
    boolean reordered = random.nextBoolean();
    StringBuilder text =
        new StringBuilder(reordered ? "delay,Note,id,extra\n" : "id,origin,delay,note\r\n");
    for (int i = 0; i < events; i++) {
      String id = random.nextInt(7) == 0 ? "x" : Integer.toString(random.nextInt(1000));
      String delay = random.nextInt(6) == 0 ? "" : Integer.toString(random.nextInt(30) - 5);
      String note = field(NOTES[random.nextInt(NOTES.length)]);
      String short1 = random.nextInt(10) == 0 ? "" : ",";
      text.append(
          reordered
              ? delay + "," + note + "," + id + short1 + "e"
              : id + "," + (char) ('A' + random.nextInt(6)) + short1 + delay + "," + note);
      text.append(random.nextInt(4) == 0 ? "\r\n" : "\n")
          .append(random.nextInt(6) == 0 ? "\n" : "");
    }
    return new Body("text/csv; charset=utf-8", Flows.bytes(text.toString()), events);
  }

  private String field(String text) {
    boolean needed = text.contains(",") || text.contains("\"") || text.contains("\n");
    return needed || random.nextInt(3) == 0 ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }

  Body lines(int events) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < events; i++) {
      String id = random.nextInt(7) == 0 ? "x" : Integer.toString(random.nextInt(1000));
      String bad =
          random.nextInt(8) == 0 ? "nothing" : id + " A " + (random.nextInt(30) - 5) + " note";
      text.append(bad).append('\n');
    }
    return new Body("text/plain", Flows.bytes(text.toString()), events);
  }
}
