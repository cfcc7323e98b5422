// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import static org.anabranch.format.Events.column;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Column;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

class LineDecoderTest {
  private static StreamDefinition stream(String pattern, Column... columns) {
    return Events.stream(Map.of("format", "regex", "pattern", pattern, "null", "-"), columns);
  }

  @Test
  void groupsAreColumnsWithoutRegardToCase() {
    StreamDefinition stream =
        stream(
            "(?P<WHO>\\S+) (?P<n>\\d*)(?: (?P<note>.*))?",
            column("who", Type.VARCHAR),
            column("N", Type.INTEGER),
            column("remark", Type.VARCHAR, "field", "note"),
            Events.withDefault("source", Type.VARCHAR, false, "log"));
    assertEquals(List.of("ä€", 5L, "", "log"), Events.decode(stream, "ä€ 5 ").values());
    assertEquals(Arrays.asList(null, null, null, "log"), Events.decode(stream, "- ").values());
    assertEquals("range", Events.decode(stream, "a 99999999999").code());
  }

  @Test
  void theWholeLineMustMatch() {
    StreamDefinition stream = stream("(?P<a>b+)", column("a", Type.VARCHAR));
    assertEquals("bb", Events.decode(stream, "bb").value(0));
    assertEquals("syntax", Events.decode(stream, "bbc").code());
    assertEquals("syntax", Events.decode(stream, "abb").code());
    assertEquals(
        "Cannot match the line \"" + "x".repeat(60) + "...\" with the pattern of test",
        Events.decode(stream, "x".repeat(70)).rejection().reason());
  }

  @Test
  void eventsOfOtherContentTypesAreReadByTheirRules() {
    StreamDefinition stream = stream("(?P<a>b+)", column("a", Type.VARCHAR));
    assertEquals("c", Events.decode(stream, "{\"a\":\"c\"}", "application/json").value(0));
    assertEquals("c", Events.decode(stream, "c", "text/csv").value(0));
    assertEquals("b", Events.decode(stream, "b", "text/plain").value(0));
    assertEquals("syntax", Events.decode(stream, "b", "text/html").code());
    StreamDefinition json = Events.json(column("a", Type.VARCHAR));
    assertEquals("syntax", Events.decode(json, "b", "text/plain").code());
    assertEquals("syntax", Events.decode(json, "b", "text/csv;header=q").code());
    assertEquals("b", Events.decode(json, "b", "text/csv;header=\"A\"").value(0));
  }

  @Test
  void patternsThatDoNotFitTheColumnsAreRefused() {
    Column a = column("a", Type.VARCHAR);
    refused("has no 'pattern'", Events.stream(Map.of("format", "regex"), a));
    refused("missing closing", stream("(?P<a>", a));
    refused("groups b name no column", stream("(?P<a>x)(?P<b>y)", a));
    refused("groups (none)", stream("x", a));
    refused("has no group (?P<c>", stream("(?P<a>x)", a, Column.required("c", Type.VARCHAR)));
    refused("back", stream("(?P<a>x)\\1", a), "escape");
    refused("may be json, csv or regex", Events.stream(Map.of("format", "xml"), a));
    refused("delimiter ';;'", Events.stream(Map.of("format", "csv", "delimiter", ";;"), a));
  }

  private static void refused(String reason, StreamDefinition stream, String... or) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Decoders.of(stream)).getMessage();
    assertTrue(message.contains(reason) || Arrays.stream(or).anyMatch(message::contains), message);
  }
}
