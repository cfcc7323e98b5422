// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.anabranch.view.Lane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a stream's keys, on the disk: a file of all, and one to which is added what came
 * since, before the lake takes the events. A part that is damaged, or of another version or stream,
 * is as none: the log is read instead.
 */
final class IdempotencyFile {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFile.class);

  private final Path file;
  private final Path additions;
  private final String topic;
  private long generation;

  /** Whether the last addition may be half there, so that nothing may follow it. */
  private boolean torn;

  IdempotencyFile(Path directory, String topic) {
    this.file = directory.resolve(topic + ".keys");
    this.additions = directory.resolve(topic + ".keys-added");
    this.topic = topic;
  }

  /** Replaces all: it is the old or the new whenever the process ends. */
  synchronized void write(SortedMap<Lane, Long> frontier, Map<String, KnownRequest.Saved> requests)
      throws IOException {
    byte[] bytes = new IdempotencyContents(generation + 1, frontier, requests).encode(topic);
    Files.createDirectories(file.getParent());
    Path writing = file.resolveSibling(file.getFileName() + ".writing");
    try (FileChannel channel =
        FileChannel.open(
            writing,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, ByteBuffer.wrap(bytes));
    }
    Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // Additions of an earlier generation count no more, whether they are there or not.
    generation++;
    Files.deleteIfExists(additions);
    torn = false;
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  /** Whether the next writing has to be of all. */
  synchronized boolean isTorn() {
    return torn;
  }

  /** Adds what changed. */
  synchronized void add(SortedMap<Lane, Long> frontier, Map<String, KnownRequest.Saved> changed)
      throws IOException {
    byte[] bytes = new IdempotencyContents(generation, frontier, changed).encode(topic);
    Files.createDirectories(file.getParent());
    torn = true;
    try (FileChannel channel =
        FileChannel.open(additions, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer framed = ByteBuffer.allocate(Integer.BYTES + bytes.length);
      write(channel, framed.putInt(bytes.length).put(bytes).flip());
    }
    torn = false;
  }

  /** What was known, and up to where. */
  synchronized IdempotencyContents read() throws IOException {
    IdempotencyContents known = whole(file).orElse(IdempotencyContents.NONE);
    generation = known.generation();
    if (!Files.exists(additions)) {
      return known;
    }
    torn = true;
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(additions));
    while (bytes.hasRemaining()) {
      Optional<IdempotencyContents> next = next(bytes);
      if (next.isEmpty()) {
        return known;
      }
      if (next.get().generation() == generation) {
        known = known.plus(next.get());
      }
    }
    return known;
  }

  private Optional<IdempotencyContents> whole(Path from) throws IOException {
    return Files.exists(from) ? decoded(Files.readAllBytes(from), from) : Optional.empty();
  }

  private Optional<IdempotencyContents> next(ByteBuffer bytes) {
    int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      LOG.info("{} ends within an addition, which a process began as it ended", additions);
      return Optional.empty();
    }
    byte[] addition = new byte[length];
    bytes.get(addition);
    return decoded(addition, additions);
  }

  private Optional<IdempotencyContents> decoded(byte[] bytes, Path from) {
    try {
      return Optional.of(IdempotencyContents.decode(bytes, topic));
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot use {}: {}; the log is read instead", from, e.getMessage());
      return Optional.empty();
    }
  }
}
