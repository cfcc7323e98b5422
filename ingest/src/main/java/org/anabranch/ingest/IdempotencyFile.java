// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a stream's keys, in a file of its own for each incarnation of the topic. It only
 * saves time: a file that is missing, damaged or of another version is as none, and the log is read
 * instead.
 *
 * <pre>
 *   magic "ABIK", version 1, topic id
 *   partitions:  count, then partition and position below which all is known
 *   requests:    count, then key, events, digest, rejected, last appended at, seen bits, runs
 *   CRC-32C of all before
 * </pre>
 */
final class IdempotencyFile {
  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFile.class);
  private static final int MAGIC = 0x4142494b;
  private static final int VERSION = 1;

  private final Path file;
  private final String topicId;

  IdempotencyFile(Path directory, String topicId) {
    this.file = directory.resolve(topicId + ".keys");
    this.topicId = topicId;
  }

  /** What was known, and up to where. */
  record Contents(SortedMap<Integer, Long> frontier, Map<String, KnownRequest.Saved> requests) {}

  /** Replaces the file: it is the old or the new one whenever the process ends. */
  void write(Contents contents) throws IOException {
    byte[] bytes = encode(contents);
    Files.createDirectories(file.getParent());
    Path writing = file.resolveSibling(file.getFileName() + ".writing");
    try (FileChannel channel =
        FileChannel.open(
            writing,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private byte[] encode(Contents contents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(topicId);
    out.writeInt(contents.frontier().size());
    for (Map.Entry<Integer, Long> end : contents.frontier().entrySet()) {
      out.writeInt(end.getKey());
      out.writeLong(end.getValue());
    }
    out.writeInt(contents.requests().size());
    for (Map.Entry<String, KnownRequest.Saved> request : contents.requests().entrySet()) {
      out.writeUTF(request.getKey());
      write(request.getValue(), out);
    }
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.toByteArray());
    out.writeInt((int) checksum.getValue());
    return bytes.toByteArray();
  }

  private static void write(KnownRequest.Saved request, DataOutputStream out) throws IOException {
    out.writeInt(request.body().events());
    out.writeLong(request.body().digest());
    out.writeInt(request.rejected());
    out.writeLong(request.lastAppendedAt());
    write(request.seen(), out);
    write(request.runs(), out);
  }

  private static void write(long[] numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers.length);
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** What the file says, or nothing if it cannot be trusted. */
  Optional<Contents> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      return Optional.of(decode(bytes));
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot use {}: {}; the log is read instead", file, e.getMessage());
      return Optional.empty();
    }
  }

  private Contents decode(byte[] bytes) throws IOException {
    int length = bytes.length - Integer.BYTES;
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, Math.max(length, 0));
    if (length < 0 || ByteBuffer.wrap(bytes, length, 4).getInt() != (int) checksum.getValue()) {
      throw new IOException("its checksum is wrong");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
    int magic = in.readInt();
    int version = in.readInt();
    if (magic != MAGIC || version != VERSION) {
      throw new IOException("it is version " + version + ", this program reads " + VERSION);
    }
    String topic = in.readUTF();
    if (!topic.equals(topicId)) {
      throw new IOException("it belongs to topic id " + topic);
    }
    SortedMap<Integer, Long> frontier = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      frontier.put(in.readInt(), in.readLong());
    }
    Map<String, KnownRequest.Saved> requests = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      requests.put(in.readUTF(), request(in));
    }
    return new Contents(frontier, requests);
  }

  private static KnownRequest.Saved request(DataInputStream in) throws IOException {
    return new KnownRequest.Saved(
        new BodyIdentity(in.readInt(), in.readLong()),
        in.readInt(),
        in.readLong(),
        numbers(in),
        numbers(in));
  }

  private static long[] numbers(DataInputStream in) throws IOException {
    long[] numbers = new long[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readLong();
    }
    return numbers;
  }
}
