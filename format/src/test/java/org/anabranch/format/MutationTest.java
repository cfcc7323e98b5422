// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, there is an outcome, and it depends on the event's bytes only. */
class MutationTest {
  private static final long SEED = 99;
  private static final org.anabranch.view.Column[] COLUMNS = {
    Events.column("s", Type.VARCHAR),
    Events.column("i", Type.INTEGER),
    Events.column("d", Type.DOUBLE),
    Events.column("m", Type.decimal(20, 3)),
    Events.column("b", Type.BOOLEAN),
    Events.column("t", Type.INSTANT),
    Events.column("e", Type.TIMESTAMP, "timestamp_format", "epoch_seconds"),
    Events.column("p", Type.TIMESTAMP, "timestamp_format", "EEE dd/MMM/yyyy:HH:mm:ss.SSS Z")
  };
  private static final String JSON =
      "{\"s\":\"x\\u00e4\",\"i\":1,\"d\":1.5e3,\"m\":-12345678901234567.125,\"b\":true,"
          + "\"t\":\"2015-09-12T00:46:58.771+02:00\",\"e\":1442018818.5,"
          + "\"p\":\"Sun 17/May/2015:10:05:03.000 +0000\"}";
  private static final String CSV =
      "\"x,\"\"y\",1,1.5e3,-12345678901234567.125,true,2015-09-12 00:46:58.771Z,1442018818.5,"
          + "Sun 17/May/2015:10:05:03.000 +0000";
  private static final String LINE = CSV.replace(',', ' ');
  private static final String PATTERN =
      "(?P<s>\\S+ \\S+) (?P<i>\\S*) (?P<d>\\S*) (?P<m>\\S*) (?P<b>\\S*) (?P<t>\\S* ?\\S*) (?P<e>\\S+)"
          + " (?P<p>.*)";

  private static StreamDefinition stream(String format) {
    return Events.stream(Map.of("format", format, "pattern", PATTERN), COLUMNS);
  }

  @Test
  void anyBytesHaveAnOutcomeThatDependsOnNothingElse() {
    for (String[] format :
        List.of(
            new String[] {"json", JSON}, new String[] {"csv", CSV}, new String[] {"regex", LINE})) {
      StreamDefinition stream = stream(format[0]);
      assertEquals(null, Events.decode(stream, format[1]).rejection());
      Random random = new Random(SEED);
      EventDecoder decoder = Decoders.of(stream);
      int accepted = 0;
      // Lines cost much more than the others.
      int rounds = format[0].equals("regex") ? 8_000 : 60_000;
      for (int round = 0; round < rounds; round++) {
        byte[] event = JacksonDifferentialTest.mutated(Events.bytes(format[1]), random);
        accepted += decodeInTwoPlaces(decoder, stream, event, random, round) ? 1 : 0;
      }
      assertTrue(accepted > rounds / 10 && accepted < rounds * 9 / 10, format[0] + " " + accepted);
    }
  }

  private static boolean decodeInTwoPlaces(
      EventDecoder decoder, StreamDefinition stream, byte[] event, Random random, int round) {
    Events.Outcome alone = Events.decode(decoder, stream, event, 0, event.length, "");
    int offset = random.nextInt(20);
    byte[] around = new byte[offset + event.length + random.nextInt(20)];
    byte[] poison = Events.bytes("0\"}],1e:\\ ");
    Arrays.fill(around, poison[random.nextInt(poison.length)]);
    System.arraycopy(event, 0, around, offset, event.length);
    byte[] before = around.clone();
    Events.Outcome within = Events.decode(decoder, stream, around, offset, event.length, "");
    assertEquals(alone, within, () -> "seed " + SEED + " round " + round);
    assertTrue(Arrays.equals(before, around), () -> "written to, round " + round);
    return alone.rejection() == null;
  }

  @Test
  void anyBodyIsFramedOrRefusedAndItsFramesLieInsideIt() {
    Random random = new Random(SEED);
    String array = "[" + JSON + ",\n" + JSON + "]";
    String header = "s,i,d,m,b,t,e,p\n";
    for (int round = 0; round < 60_000; round++) {
      String[] type =
          switch (round % 4) {
            case 0 -> new String[] {"application/json", array};
            case 1 -> new String[] {"application/x-ndjson", JSON + "\n" + JSON};
            case 2 -> new String[] {"text/csv", header + CSV + "\n" + CSV};
            default -> new String[] {"text/plain", LINE + "\r\n" + LINE};
          };
      byte[] body = JacksonDifferentialTest.mutated(Events.bytes(type[1]), random);
      int seen = round;
      try {
        int end = 0;
        for (Frame frame : Framing.of(type[0], stream("regex")).frameAll(body)) {
          assertTrue(frame.offset() >= end && frame.length() >= 0, () -> "round " + seen);
          end = frame.offset() + frame.length();
        }
        assertTrue(end <= body.length, () -> "seed " + SEED + " round " + seen);
      } catch (FramingException e) {
        assertTrue(e.line() >= 1 && e.line() <= 4, e.getMessage());
      } catch (IOException e) {
        throw new AssertionError("seed " + SEED + " round " + seen, e);
      }
    }
  }

  @Test
  void hostileEventsTakeTimeInProportionToTheirSize() {
    StreamDefinition json = stream("json");
    StreamDefinition regex =
        Events.stream(
            Map.of("format", "regex", "pattern", "(?P<s>(a*)*)b"),
            Events.column("s", Type.VARCHAR));
    int size = 1 << 20;
    List<String> hostile =
        List.of(
            "{\"x\":" + "[".repeat(size),
            "{\"x\":\"" + "\\u0000".repeat(size / 6) + "\"}",
            "{\"x\":" + "9".repeat(size) + "}",
            "{\"m\":1e999}",
            "{\"i\":1e-999}",
            "{\"e\":1e999}",
            "{" + fields(80_000) + "}",
            "{\"s\":\"" + "\"".repeat(size));
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (String event : hostile) {
            Events.decode(json, event);
          }
          assertEquals("syntax", Events.decode(regex, "a".repeat(100_000)).code());
        });
  }

  /** Names that collide in a hash of 31s. */
  private static String fields(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append(i == 0 ? "\"" : ",\"");
      for (int bit = 0; bit < 17; bit++) {
        fields.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      fields.append("\":1");
    }
    return fields.toString();
  }
}
