// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Comparator;
import java.util.Objects;

/**
 * One partition of one incarnation of a stream's topic: the unit in which history has an order.
 *
 * <p>A topic that is deleted and created again has another topic id and the next incarnation
 * ordinal, so that its offsets can never be mistaken for those of the first one.
 *
 * @param topicId the broker's id of the topic, without '.', ':' or ';'
 * @param incarnation ordinal of the topic within its stream, from 0
 * @param partition partition number, from 0
 */
public record Lane(String topicId, int incarnation, int partition) implements Comparable<Lane> {
  private static final Comparator<Lane> ORDER =
      Comparator.comparingInt(Lane::incarnation)
          .thenComparingInt(Lane::partition)
          .thenComparing(Lane::topicId);

  public Lane {
    Objects.requireNonNull(topicId, "topicId is null");
    if (topicId.isEmpty() || topicId.chars().anyMatch(c -> c == '.' || c == ':' || c == ';')) {
      throw new IllegalArgumentException("Cannot name a lane by topic id '" + topicId + "'");
    }
    if (incarnation < 0 || partition < 0) {
      throw new IllegalArgumentException(
          "Cannot have a lane with incarnation " + incarnation + " and partition " + partition);
    }
  }

  /** Reads what {@link #toString} wrote. */
  public static Lane parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "Cannot read lane '" + text + "': expected topic.incarnation.partition");
    }
    return new Lane(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  @Override
  public int compareTo(Lane other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return topicId + '.' + incarnation + '.' + partition;
  }
}
