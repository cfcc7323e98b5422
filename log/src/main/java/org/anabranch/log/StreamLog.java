// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamDefinition;

/**
 * The log of one stream: one incarnation of its topic. When the topic is replaced by another of the
 * same name, every method refuses.
 */
public interface StreamLog {
  StreamDefinition stream();

  /** The id of the topic; one that is deleted and created again has another. */
  String topicId();

  /** The partitions known so far, from 0. */
  List<Integer> partitions();

  /** Looks again and returns the partitions: there are never fewer than before. */
  List<Integer> refresh();

  /** Adds partitions, up to the given number of them. Keys may go to other partitions then. */
  void grow(int partitions);

  /** What is unlike the stream's declaration without being wrong, in words. */
  List<String> notes();

  /** The first position of every partition that is still there. */
  Map<Integer, Long> starts();

  /** One past the last committed position of every partition. */
  Map<Integer, Long> ends();

  /** The first position of every partition that came at a time or later; its end for none. */
  Map<Integer, Long> positionsSince(long epochMillis);

  default long start(int partition) {
    return starts().get(partition);
  }

  default long end(int partition) {
    return ends().get(partition);
  }

  /** One past the last position of which an append was acknowledged; 0 where none is known. */
  long acknowledged(int partition);

  /**
   * Appends events, those for one partition in their order. May block for a while when more is
   * asked than the log takes.
   *
   * <p>An event goes to its own partition, else by its key, else all such events of one request to
   * one partition together, by turns.
   *
   * @return where they are, once the log has acknowledged all of them; or a {@link LogException}:
   *     only after {@link UnknownOutcomeException} may some of them be in the log
   */
  CompletableFuture<Appended> append(List<Event> events);

  /**
   * Opens a reader.
   *
   * @param lane a lane of this topic
   * @param from the first position to read
   * @param leaderEpoch the epoch of the position before, or -1
   * @throws LostTailException if the lane ends below {@code from}
   * @throws HistoryLostException if it starts above
   * @throws TopicRecreatedException if the lane belongs to another topic
   */
  LaneReader reader(Lane lane, long from, int leaderEpoch, ReadLimits limits);

  /**
   * Hands on every committed record of a range, for those who want headers and no rows.
   *
   * @param to at most the end of the partition
   * @throws LogUnavailableException if the log does not deliver for long
   */
  void scan(Lane lane, long from, long to, Consumer<? super LogRecord> sink);

  /** Removes the positions below the given one for ever. Nothing here ever calls it by itself. */
  void trim(int partition, long below);
}
