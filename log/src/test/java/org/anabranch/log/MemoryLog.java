// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.anabranch.view.Clock;
import org.anabranch.view.StreamDefinition;

/**
 * A log in memory that behaves as the real one and does as it is told: for deterministic tests.
 * What was appended stays with the object, however often a stream is opened; closing does nothing.
 */
public final class MemoryLog implements Log {
  /** The largest event, as the embedded broker's. */
  public static final int MAX_BYTES = 8 << 20;

  private final Clock clock;
  private final Map<String, MemoryTopic> topics = new HashMap<>();
  private Random cuts;
  private int created;
  private boolean reachable = true;
  private boolean acknowledges = true;
  private final MemoryAcknowledged acknowledged = new MemoryAcknowledged();

  public MemoryLog(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized StreamLog open(StreamDefinition stream) {
    checkReachable();
    MemoryTopic topic =
        topics.computeIfAbsent(stream.topic(), name -> create(name, stream.partitions()));
    return new MemoryStreamLog(this, stream, topic);
  }

  private MemoryTopic create(String name, int partitions) {
    return new MemoryTopic(name, "memory" + ++created, partitions);
  }

  /** Makes every read take a random part of what it could. */
  public synchronized MemoryLog cutAtRandom(Random random) {
    cuts = random;
    return this;
  }

  /** Whether the log answers; one that does not throws {@link LogUnavailableException}. */
  public synchronized void setReachable(boolean answers) {
    reachable = answers;
  }

  /** Whether appends that are made are also acknowledged; else their outcome is unknown. */
  public synchronized void setAcknowledges(boolean answers) {
    acknowledges = answers;
  }

  /** Puts a transaction marker, which takes a position and is no record. */
  public synchronized void mark(String topic, int partition) {
    topics.get(topic).partition(partition).mark();
  }

  /** Loses the records from a position on, as a crash of an unflushed log does. */
  public synchronized void truncate(String topic, int partition, long to) {
    topics.get(topic).partition(partition).truncate(to);
  }

  public synchronized void delete(String topic) {
    topics.remove(topic);
  }

  /** Replaces a topic by an empty one of the same name. */
  public synchronized void recreate(String topic) {
    int partitions = topics.get(topic).partitions();
    topics.put(topic, create(topic, partitions));
  }

  void checkReachable() {
    if (!reachable) {
      throw new LogUnavailableException(
          "Cannot reach the log in memory: it was told not to answer");
    }
  }

  /** Refuses unless the name still means the topic. */
  void check(String stream, MemoryTopic topic) {
    checkReachable();
    MemoryTopic found = topics.get(topic.name());
    if (found == null) {
      throw new TopicDeletedException(stream, topic.name(), topic.id());
    }
    if (found != topic) {
      throw new TopicRecreatedException(stream, topic.name(), topic.id(), found.id());
    }
  }

  boolean acknowledges() {
    return acknowledges;
  }

  int cut(int most) {
    return cuts == null ? most : 1 + cuts.nextInt(most);
  }

  Clock clock() {
    return clock;
  }

  @Override
  public MemoryAcknowledged acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() {}
}
