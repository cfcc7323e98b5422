// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The bytes of a receipt's token: for each stream its name and topics, for each topic its lanes'
 * partitions and ends, all numbers as varints; at the end two bytes of a checksum, so that a token
 * that was cut off is not taken for another one.
 */
final class ReceiptBytes {
  private static final int CHECK_BYTES = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** One topic of a stream. */
  private record Topic(int incarnation, String id) implements Comparable<Topic> {
    @Override
    public int compareTo(Topic other) {
      int order = Integer.compare(incarnation, other.incarnation);
      return order != 0 ? order : id.compareTo(other.id);
    }
  }

  void stream(String name, SortedMap<Lane, Long> ends) {
    SortedMap<Topic, SortedMap<Integer, Long>> topics = new TreeMap<>();
    ends.forEach(
        (lane, end) ->
            topics
                .computeIfAbsent(
                    new Topic(lane.incarnation(), lane.topicId()), ignored -> new TreeMap<>())
                .put(lane.partition(), end));
    text(name);
    number(topics.size());
    topics.forEach(this::topic);
  }

  private void topic(Topic topic, SortedMap<Integer, Long> ends) {
    text(topic.id());
    number(topic.incarnation());
    number(ends.size());
    int before = 0;
    for (Map.Entry<Integer, Long> end : ends.entrySet()) {
      number(end.getKey() - before);
      number(end.getValue());
      before = end.getKey();
    }
  }

  private void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    bytes.writeBytes(encoded);
  }

  private void number(long value) {
    long left = value;
    while (left >= 0x80) {
      bytes.write((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    bytes.write((int) left);
  }

  byte[] toArray() {
    byte[] content = bytes.toByteArray();
    return ByteBuffer.allocate(content.length + CHECK_BYTES)
        .put(content)
        .putShort(check(ByteBuffer.wrap(content)))
        .array();
  }

  private static short check(ByteBuffer content) {
    CRC32C check = new CRC32C();
    check.update(content);
    return (short) check.getValue();
  }

  /**
   * Reads what {@link #toArray} gave: the last position of every lane.
   *
   * @throws IllegalArgumentException if it is something else
   * @throws java.nio.BufferUnderflowException if it ends too soon
   */
  static SortedMap<String, Coverage> read(ByteBuffer all) {
    if (all.remaining() < CHECK_BYTES) {
      throw new IllegalArgumentException("it is too short");
    }
    ByteBuffer in = all.slice(0, all.remaining() - CHECK_BYTES);
    if (check(in.duplicate()) != all.getShort(in.limit())) {
      throw new IllegalArgumentException("its checksum is another");
    }
    SortedMap<String, Coverage> coverages = new TreeMap<>();
    while (in.hasRemaining()) {
      String stream = readText(in);
      Coverage.Builder coverage = new Coverage.Builder();
      for (long topics = readNumber(in); topics > 0; topics--) {
        readTopic(in, coverage);
      }
      coverages.put(stream, coverage.build());
    }
    return coverages;
  }

  private static void readTopic(ByteBuffer in, Coverage.Builder coverage) {
    String id = readText(in);
    int incarnation = Math.toIntExact(readNumber(in));
    long partition = 0;
    for (long lanes = readNumber(in); lanes > 0; lanes--) {
      partition += readNumber(in);
      long end = readNumber(in);
      coverage.add(new Lane(id, incarnation, Math.toIntExact(partition)), new Range(end - 1, end));
    }
  }

  private static String readText(ByteBuffer in) {
    byte[] text = new byte[(int) Math.min(readNumber(in), in.remaining())];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static long readNumber(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is too long");
  }
}
