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
import java.util.function.Function;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.segment.CorruptSegmentException;
import org.anabranch.view.segment.EncodedSegment;
import org.anabranch.view.segment.Repair;
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
  private final Function<Path, String> names;

  /**
   * @param names what to call a file in messages
   */
  LocalSegments(Path directory, Function<Path, String> names) throws IOException {
    this.directory = directory;
    this.names = names;
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

  /**
   * The whole and sound segment of an entry, or null where there is none here.
   *
   * @param repair what to do when it turns out to be damaged later
   */
  Segment find(Entry entry, Repair repair) throws IOException {
    if (!Files.exists(path(entry.id()))) {
      return null;
    }
    try {
      return open(entry, repair);
    } catch (CorruptSegmentException e) {
      LOG.warn("Local segment is damaged: {}", e.damage().fault());
      return null;
    }
  }

  /**
   * Opens a segment after a look at all of it.
   *
   * @throws CorruptSegmentException if it is damaged
   */
  Segment open(Entry entry, Repair repair) throws IOException {
    Path path = path(entry.id());
    String name = names.apply(path);
    requireSound(EncodedSegment.open(name, map(entry.id()), () -> {}), entry, name);
    return EncodedSegment.open(name, map(entry.id()), () -> {}, repair);
  }

  /** Walks over all groups, which checks every block. */
  private static void requireSound(EncodedSegment segment, Entry entry, String name) {
    if (!segment.digest().equals(entry.digest())) {
      throw new CorruptSegmentException(name, "the whole", "its digest is not " + entry.digest());
    }
    Segment.Groups groups = segment.scan(null, null);
    long count = 0;
    while (groups.next()) {
      count++;
    }
    if (count != entry.groups()) {
      throw new CorruptSegmentException(name, "the whole", count + " groups");
    }
  }

  /** The bytes of a segment's file. */
  List<ByteBuffer> map(String id) throws IOException {
    try (FileChannel channel = FileChannel.open(path(id), StandardOpenOption.READ)) {
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
