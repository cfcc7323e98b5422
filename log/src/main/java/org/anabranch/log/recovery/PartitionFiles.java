// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of one partition, and its segment files by the position that they begin at. */
record PartitionFiles(Path directory, String topic, NavigableMap<Long, Path> segments) {
  /** The log in which the broker keeps what topics there are. */
  static final String METADATA = "__cluster_metadata";

  private static final Pattern DIRECTORY = Pattern.compile("(.+)-(\\d+)");
  private static final Pattern SEGMENT = Pattern.compile("(\\d{20})\\.log");

  /** How much of the end of a log that was closed in order is read. */
  private static final long NEWEST_BYTES = 8L << 20;

  /** All partitions in a log's directory, by name. */
  static List<PartitionFiles> in(Path log) throws IOException {
    try (Stream<Path> found = Files.list(log)) {
      return found.filter(Files::isDirectory).sorted().flatMap(PartitionFiles::of).toList();
    }
  }

  private static Stream<PartitionFiles> of(Path directory) {
    Matcher name = DIRECTORY.matcher(directory.getFileName().toString());
    return name.matches()
        ? Stream.of(new PartitionFiles(directory, name.group(1), segmentsOf(directory)))
        : Stream.empty();
  }

  private static NavigableMap<Long, Path> segmentsOf(Path directory) {
    NavigableMap<Long, Path> segments = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Matcher name = SEGMENT.matcher(file.getFileName().toString());
        if (name.matches()) {
          segments.put(Long.parseLong(name.group(1)), file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return segments;
  }

  String name() {
    return directory.getFileName().toString();
  }

  boolean isMetadata() {
    return topic.equals(METADATA);
  }

  /** Whether its log is never compacted, so that no position may be missing. */
  boolean isGapless() {
    return isMetadata() || !topic.startsWith("__");
  }

  /** The segments that the broker reads again, and cuts, after it was killed. */
  NavigableMap<Long, Path> recovered(Map<String, Long> recoveryPoints) {
    long point = isMetadata() ? 0 : recoveryPoints.getOrDefault(name(), 0L);
    Long first = segments.floorKey(point);
    return first == null ? segments : segments.tailMap(first, true);
  }

  /** Of a log that was closed in order: those that it must read again for want of an index. */
  NavigableMap<Long, Path> withoutIndex() {
    NavigableMap<Long, Path> found = new TreeMap<>();
    segments.forEach(
        (base, file) -> {
          if (!new SegmentIndex(file, base).exists()) {
            found.put(base, file);
          }
        });
    return found;
  }

  /** Reads the end of the newest segment, from a batch that its index names. */
  Scanned newestEnd() throws IOException {
    Map.Entry<Long, Path> newest = segments.lastEntry();
    long size = Files.size(newest.getValue());
    Optional<Long> start =
        new SegmentIndex(newest.getValue(), newest.getKey()).startBelow(size - NEWEST_BYTES);
    if (start.isPresent()) {
      Optional<Long> position = SegmentScan.base(newest.getValue(), start.get());
      if (position.isPresent()) {
        Scanned end = SegmentScan.scan(newest.getValue(), isGapless(), start.get(), position.get());
        if (end.isIntact()) {
          return end;
        }
      }
    }
    return SegmentScan.scan(newest.getValue(), isGapless(), 0, newest.getKey());
  }
}
