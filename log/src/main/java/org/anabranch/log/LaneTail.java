// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.anabranch.view.Chunk;
import org.anabranch.view.Lane;
import org.anabranch.view.Step;

/**
 * Reads the tail of one lane for all who follow it: fetched, decoded and judged once, each chunk
 * goes to every subscriber that is at its position.
 *
 * <p>Every subscriber gets every position from its own start on exactly once, in order, without a
 * gap, whatever the others do. Subscribers at one position share a cursor. One that is busy falls
 * behind on a cursor of its own, which reads again what the others took meanwhile, never past the
 * next cursor ahead; where it meets that one, the two become one.
 *
 * <p>Steps, subscribing and unsubscribing exclude each other. A subscriber may subscribe or
 * unsubscribe from within an offer; it must not wait there for another thread that does.
 */
public final class LaneTail implements Step, AutoCloseable {
  /** Chunks that are kept for those who are busy for a moment. */
  private static final int RECENT = 4;

  private final StreamLog log;
  private final Lane lane;
  private final LaneDecoder decoder;
  private final ReadLimits limits;
  private final List<Cursor> cursors = new ArrayList<>();
  private final Deque<Chunk> recent = new ArrayDeque<>();
  private LaneReader spare;

  /**
   * @param lane a lane of the log's topic
   * @param versions who owns which positions; the smallest start is the first that can be read
   */
  public LaneTail(StreamLog log, Lane lane, List<LaneVersion> versions, ReadLimits limits) {
    this.log = log;
    this.lane = lane;
    this.decoder = new LaneDecoder(lane, log.stream(), versions);
    this.limits = limits;
  }

  public Lane lane() {
    return lane;
  }

  /**
   * Subscribes.
   *
   * @param from the first position to take
   * @param leaderEpoch of the position before, where known, else -1
   * @throws LostTailException if the log ends below {@code from}
   * @throws HistoryLostException if it starts above
   */
  public synchronized Subscription subscribe(Subscriber subscriber, long from, int leaderEpoch) {
    Cursor cursor = new Cursor(from, leaderEpoch, null);
    cursor.use(log.reader(lane, from, leaderEpoch, limits));
    Subscription subscription = new Subscription(this, subscriber, from, leaderEpoch);
    cursor.subscriptions.add(subscription);
    cursors.add(cursor);
    return subscription;
  }

  synchronized void remove(Subscription subscription) {
    cursors.forEach(cursor -> cursor.subscriptions.remove(subscription));
  }

  /**
   * Moves every cursor by a chunk or two. What fails at one cursor or subscriber is thrown after
   * the others had their turn; a failed subscriber's subscription is over.
   *
   * @return how many positions were passed, over all cursors
   */
  @Override
  public synchronized int step() throws Exception {
    tidy();
    Failures failures = new Failures();
    long passed = 0;
    for (Cursor cursor : backToFront()) {
      // Else it was joined with one that had its turn.
      if (cursors.contains(cursor)) {
        passed += turn(cursor, failures);
      }
    }
    failures.rethrow();
    return (int) Math.min(passed, Integer.MAX_VALUE);
  }

  /** One chunk for the foremost cursor and two for those behind, so that they meet it. */
  private long turn(Cursor cursor, Failures failures) {
    long before = cursor.position();
    try {
      advance(cursor, failures);
      if (cursor.position() > before && limit(cursor) < Long.MAX_VALUE) {
        advance(cursor, failures);
      }
    } catch (RuntimeException e) {
      close(cursor.release());
      failures.add(e);
    }
    tidy();
    return cursor.position() - before;
  }

  private List<Cursor> backToFront() {
    List<Cursor> ordered = new ArrayList<>(cursors);
    ordered.sort(Comparator.comparingLong(Cursor::position));
    return ordered;
  }

  private void advance(Cursor cursor, Failures failures) {
    Chunk chunk = cursor.pending();
    if (chunk == null) {
      chunk = next(cursor);
    }
    if (chunk == null) {
      return;
    }
    List<Subscription> busy = offer(cursor, chunk, failures);
    if (!busy.isEmpty() && busy.size() == cursor.subscriptions.size()) {
      cursor.keep(chunk);
      return;
    }
    if (!busy.isEmpty()) {
      leaveBehind(cursor, busy, chunk);
    }
    cursor.pass(chunk);
  }

  /** Offers a chunk to all at the cursor and returns those who are busy; who fails is removed. */
  private static List<Subscription> offer(Cursor cursor, Chunk chunk, Failures failures) {
    List<Subscription> busy = new ArrayList<>();
    for (Subscription subscription : List.copyOf(cursor.subscriptions)) {
      try {
        if (cursor.subscriptions.contains(subscription)
            && !subscription.subscriber().offer(chunk)) {
          busy.add(subscription);
        }
      } catch (Exception e) {
        cursor.subscriptions.remove(subscription);
        failures.add(e);
      }
    }
    busy.retainAll(cursor.subscriptions);
    return busy;
  }

  private void leaveBehind(Cursor cursor, List<Subscription> busy, Chunk chunk) {
    Cursor behind = new Cursor(cursor.position(), cursor.leaderEpoch(), chunk);
    behind.subscriptions.addAll(busy);
    cursor.subscriptions.removeAll(busy);
    cursors.add(behind);
  }

  /** The chunk at a cursor, which ends where the next cursor ahead is at the latest. */
  private Chunk next(Cursor cursor) {
    long limit = limit(cursor);
    for (Chunk chunk : recent) {
      if (chunk.range().from() == cursor.position() && chunk.range().to() <= limit) {
        return chunk;
      }
    }
    Chunk chunk = decoder.next(readerAt(cursor), limit);
    if (chunk != null && !alone()) {
      remember(chunk);
    }
    return chunk;
  }

  /** Where the next cursor ahead is. */
  private long limit(Cursor cursor) {
    long limit = Long.MAX_VALUE;
    for (Cursor other : cursors) {
      if (other.position() > cursor.position()) {
        limit = Math.min(limit, other.position());
      }
    }
    return limit;
  }

  private void remember(Chunk chunk) {
    recent.addLast(chunk);
    if (recent.size() > RECENT) {
      recent.removeFirst();
    }
  }

  private LaneReader readerAt(Cursor cursor) {
    if (cursor.reader() == null) {
      cursor.use(spare);
      spare = null;
    }
    if (cursor.reader() == null) {
      cursor.use(log.reader(lane, cursor.position(), cursor.leaderEpoch(), limits));
    } else if (cursor.reader().position() != cursor.position()) {
      cursor.reader().seek(cursor.position(), cursor.leaderEpoch());
    }
    return cursor.reader();
  }

  /** Joins cursors that are at one position and ends those without subscriptions. */
  private void tidy() {
    List<Cursor> kept = new ArrayList<>();
    for (Cursor cursor : cursors) {
      Cursor same = at(kept, cursor.position());
      if (same != null) {
        same.join(cursor);
      } else if (!cursor.subscriptions.isEmpty()) {
        kept.add(cursor);
        continue;
      }
      park(cursor.release());
    }
    cursors.clear();
    cursors.addAll(kept);
    if (alone()) {
      recent.clear();
    }
  }

  private static Cursor at(List<Cursor> cursors, long position) {
    for (Cursor cursor : cursors) {
      if (cursor.position() == position) {
        return cursor;
      }
    }
    return null;
  }

  private boolean alone() {
    return cursors.size() < 2 && cursors.stream().allMatch(one -> one.subscriptions.size() < 2);
  }

  /** Keeps one idle reader: to seek is cheaper than to open. */
  private void park(LaneReader reader) {
    if (spare == null) {
      spare = reader;
    } else {
      close(reader);
    }
  }

  private static void close(LaneReader reader) {
    if (reader != null) {
      reader.close();
    }
  }

  /** Ends all subscriptions. */
  @Override
  public synchronized void close() {
    cursors.forEach(cursor -> close(cursor.release()));
    cursors.clear();
    recent.clear();
    close(spare);
    spare = null;
  }
}
