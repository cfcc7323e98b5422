// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.anabranch.view.StreamDefinition;

/** What a topic must be like so that positions and times can be trusted. */
final class TopicSettings {
  /** The settings of a topic that is made here. */
  static final Map<String, String> NEW =
      Map.of(
          "message.timestamp.type", "LogAppendTime",
          "retention.ms", "-1",
          "retention.bytes", "-1",
          "cleanup.policy", "delete",
          "compression.type", "producer");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  private TopicSettings() {}

  static void checkName(StreamDefinition stream) {
    String topic = stream.topic();
    if (!NAME.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
      throw new TopicRefusedException(
          stream.name(),
          topic,
          List.of(
              "a topic's name has 1 to 249 letters, digits, '.', '_' and '-'; name it with"
                  + " WITH ('topic' = ...)"));
    }
  }

  /** Refuses a topic on which positions or times would not be true. */
  static void check(StreamDefinition stream, Map<String, String> settings) {
    List<String> problems = new ArrayList<>();
    String policy = settings.getOrDefault("cleanup.policy", "delete");
    if (Arrays.stream(policy.split(",")).anyMatch(part -> part.strip().equals("compact"))) {
      problems.add(
          "cleanup.policy is "
              + policy
              + ": compaction removes events that are accounted for; use cleanup.policy=delete");
    }
    String times = settings.getOrDefault("message.timestamp.type", "CreateTime");
    if (!times.equals("LogAppendTime")) {
      problems.add(
          "message.timestamp.type is "
              + times
              + ": the log would not say when it took an event; use"
              + " message.timestamp.type=LogAppendTime");
    }
    if (!problems.isEmpty()) {
      throw new TopicRefusedException(stream.name(), stream.topic(), problems);
    }
  }

  /** What its owner should know, though it does not make anything wrong. */
  static List<String> notes(StreamDefinition stream, Topic topic, Map<String, String> settings) {
    List<String> notes = new ArrayList<>();
    if (topic.partitions() != stream.partitions()) {
      notes.add(
          "stream '"
              + stream.name()
              + "' declares "
              + stream.partitions()
              + " partitions, topic '"
              + topic.name()
              + "' has "
              + topic.partitions()
              + ", which are used");
    }
    for (String retention : List.of("retention.ms", "retention.bytes")) {
      String value = settings.getOrDefault(retention, "-1");
      if (!value.equals("-1")) {
        notes.add(
            "topic '"
                + topic.name()
                + "' has "
                + retention
                + "="
                + value
                + ": the log forgets events; what was not archived by then is lost");
      }
    }
    return notes;
  }

  /** The largest event the topic takes. */
  static int maxBytes(Map<String, String> settings) {
    return Integer.parseInt(settings.getOrDefault("max.message.bytes", "1048588"));
  }
}
