// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.function.Consumer;
import org.anabranch.view.Range;

/** Reads the committed records of one lane in order. Used by one thread at a time. */
public interface LaneReader extends AutoCloseable {
  /** The next position to read. */
  long position();

  /** The leader epoch of the position before, or -1. */
  int leaderEpoch();

  /**
   * Goes to another position.
   *
   * @param leaderEpoch the epoch of the position before it, where known: a log that lost that and
   *     grew again is recognised by it
   */
  void seek(long position, int leaderEpoch);

  /**
   * Hands on the next committed records below a position and moves past them.
   *
   * <p>What comes back starts where the last read ended, and every committed record in it was
   * handed on: the positions without one are markers or aborted. It is empty if there is nothing to
   * read yet. If this throws, nothing is skipped: the next read begins where this one did, though
   * records may have been handed on.
   *
   * @param limit where to stop at the latest
   * @return the positions passed
   * @throws LostTailException if what was read before is no longer in the log
   * @throws HistoryLostException if the log starts above the position
   * @throws TopicRecreatedException if the topic is another one by now
   * @throws TopicDeletedException if the topic is gone
   * @throws LogUnavailableException if the log cannot be reached
   */
  Range read(long limit, Consumer<? super LogRecord> sink);

  @Override
  void close();
}
