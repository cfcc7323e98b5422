// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.log.DamagedLogException;
import org.apache.kafka.common.Uuid;

/**
 * Partitions that the broker would take for somebody else's: it renames their directory and makes
 * an empty one. It does so where a directory does not say which topic it is of.
 */
final class Strays {
  private static final String FILE = "partition.metadata";
  private static final Pattern ID = Pattern.compile("(?m)^topic_id: (\\S+)$");

  private final Path log;
  private final List<String> notes;

  Strays(Path log, List<String> notes) {
    this.log = log;
    this.notes = notes;
  }

  void check(List<PartitionFiles> partitions) throws IOException {
    for (Path stray : LogInspection.strays(log)) {
      notes.add(
          "directory '"
              + named(stray)
              + "' was set aside by an earlier start; the events in it are not read");
    }
    Path metadata = log.resolve(PartitionFiles.METADATA + "-0");
    if (Files.isDirectory(metadata)) {
      Map<String, Uuid> topics = TopicIds.in(metadata);
      for (PartitionFiles partition : partitions) {
        if (!partition.isMetadata() && !partition.segments().isEmpty()) {
          check(partition, Optional.ofNullable(topics.get(partition.topic())));
        }
      }
    }
  }

  private void check(PartitionFiles partition, Optional<Uuid> topic) throws IOException {
    Path file = partition.directory().resolve(FILE);
    Optional<String> said = idIn(file);
    if (topic.isEmpty()) {
      throw stray(partition, "the broker knows no topic '" + partition.topic() + "'");
    }
    if (said.isEmpty()) {
      Files.writeString(file, "version: 0\ntopic_id: " + topic.get());
      notes.add(
          "file '"
              + named(file)
              + "' was missing or damaged, and was made again from what the broker knows of"
              + " topics");
    } else if (!said.get().equals(topic.get().toString())) {
      throw stray(
          partition,
          "it is of topic id " + said.get() + ", and the broker's topic is " + topic.get());
    }
  }

  private static Optional<String> idIn(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Matcher id = ID.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    return id.find() && isId(id.group(1)) ? Optional.of(id.group(1)) : Optional.empty();
  }

  private static boolean isId(String text) {
    try {
      return !Uuid.fromString(text).equals(Uuid.ZERO_UUID);
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  private DamagedLogException stray(PartitionFiles partition, String why) {
    return new DamagedLogException(
        "directory '"
            + named(partition.directory())
            + "' holds events that would not be read: "
            + why
            + ". The broker would set the directory aside, so it was not started; nothing was"
            + " changed. Restore the log's directory as a whole from a copy, or move that directory"
            + " out of it and start again: what that loses is named then");
  }

  private String named(Path file) {
    return log.getParent().relativize(file).toString();
  }
}
