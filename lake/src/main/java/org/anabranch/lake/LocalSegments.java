// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.segment.CorruptSegmentException;
import org.anabranch.view.segment.EncodedSegment;
import org.anabranch.view.segment.SegmentSummary;
import org.anabranch.view.segment.SegmentWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The local, memory-mapped copies of segments. They are a cache: the lake has the originals. */
final class LocalSegments {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSegments.class);
  private static final String SUFFIX = ".seg";
  private static final String WRITING = ".writing";

  private final Path directory;

  LocalSegments(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
  }

  /** What writes the groups of a segment and ends it. */
  @FunctionalInterface
  interface Source {
    SegmentSummary write(SegmentWriter writer) throws IOException;
  }

  /** Writes the local file of a segment. */
  SegmentSummary write(String id, Source source) throws IOException {
    Path unfinished = directory.resolve(id + "." + UUID.randomUUID() + WRITING);
    SegmentSummary summary;
    try (DurableFiles.Output output = new DurableFiles.Output(unfinished, false)) {
      summary = source.write(new SegmentWriter(output));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    Files.move(
        unfinished, path(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return summary;
  }

  /** The whole and sound segment of an entry, or null where there is none here. */
  Segment find(Entry entry) throws IOException {
    Path path = path(entry.id());
    if (!Files.exists(path)) {
      return null;
    }
    try {
      EncodedSegment segment = EncodedSegment.open(path.toString(), map(path), () -> {});
      requireSound(segment, entry, path);
      return segment;
    } catch (CorruptSegmentException e) {
      LOG.warn("Local segment is damaged and will be made again: {}", e.getMessage());
      return null;
    }
  }

  /** Walks over all groups, which checks every block. */
  private static void requireSound(EncodedSegment segment, Entry entry, Path path) {
    if (!segment.digest().equals(entry.digest())) {
      throw new CorruptSegmentException(
          path.toString(), "the whole", "its digest is not " + entry.digest());
    }
    Segment.Groups groups = segment.scan(null, null);
    long count = 0;
    while (groups.next()) {
      count++;
    }
    if (count != entry.groups()) {
      throw new CorruptSegmentException(path.toString(), "the whole", count + " groups");
    }
  }

  private static List<ByteBuffer> map(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return MappedParts.of(channel);
    }
  }

  /** All files here that are segments or were to become one. */
  List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path file : all) {
        String name = file.getFileName().toString();
        if (name.endsWith(SUFFIX) || name.endsWith(WRITING)) {
          files.add(file);
        }
      }
    }
    return files;
  }

  Path path(String id) {
    return directory.resolve(id + SUFFIX);
  }
}
