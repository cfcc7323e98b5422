// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.anabranch.view.Lane;

/**
 * What is written down of a stream's keys at one time, in bytes that tell whether they are whole:
 *
 * <pre>
 *   magic "ABIK", version 2, topic, generation
 *   lanes:     count, then lane and position below which all is known
 *   requests:  count, then key, events, digest, rejected, last appended at, seen bits, runs
 *   CRC-32C of all before
 * </pre>
 *
 * @param generation which writing of the file this belongs to
 * @param frontier up to where all keys of a lane are known
 * @param requests what is known of each
 */
record IdempotencyContents(
    long generation, SortedMap<Lane, Long> frontier, Map<String, KnownRequest.Saved> requests) {
  private static final int MAGIC = 0x4142494b;
  private static final int VERSION = 2;

  static final IdempotencyContents NONE = new IdempotencyContents(0, new TreeMap<>(), Map.of());

  byte[] encode(String topic) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(topic);
    out.writeLong(generation);
    out.writeInt(frontier.size());
    for (Map.Entry<Lane, Long> end : frontier.entrySet()) {
      out.writeUTF(end.getKey().toString());
      out.writeLong(end.getValue());
    }
    out.writeInt(requests.size());
    for (Map.Entry<String, KnownRequest.Saved> request : requests.entrySet()) {
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

  /**
   * @throws IOException if the bytes are not whole, or of something else
   */
  static IdempotencyContents decode(byte[] bytes, String topic) throws IOException {
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
    String written = in.readUTF();
    if (!written.equals(topic)) {
      throw new IOException("it belongs to topic '" + written + "'");
    }
    return read(in);
  }

  private static IdempotencyContents read(DataInputStream in) throws IOException {
    long generation = in.readLong();
    SortedMap<Lane, Long> frontier = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      frontier.put(Lane.parse(in.readUTF()), in.readLong());
    }
    Map<String, KnownRequest.Saved> requests = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      requests.put(in.readUTF(), request(in));
    }
    return new IdempotencyContents(generation, frontier, requests);
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

  /** This and what was written down after it. */
  IdempotencyContents plus(IdempotencyContents later) {
    SortedMap<Lane, Long> ends = new TreeMap<>(frontier);
    later.frontier.forEach((lane, end) -> ends.merge(lane, end, Math::max));
    Map<String, KnownRequest.Saved> all = new TreeMap<>(requests);
    all.putAll(later.requests);
    return new IdempotencyContents(generation, ends, all);
  }
}
