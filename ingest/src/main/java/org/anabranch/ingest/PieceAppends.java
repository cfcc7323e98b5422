// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.anabranch.log.Appended;
import org.anabranch.log.Event;
import org.anabranch.log.EventTooLargeException;
import org.anabranch.log.LogException;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.log.UnknownOutcomeException;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Verdict;

/**
 * Brings the events of one piece into the log: each is judged as the log's readers will judge it,
 * then all are appended, some at a time. With a key only what is not there yet is.
 */
final class PieceAppends {
  private final StreamDefinition stream;
  private final PartitionLanes lanes;
  private final Supplier<Verdict> checks;
  private final IngestLimits limits;
  private final LogAppends appends;
  private final IdempotencyIndex index;
  private final IdempotencyKeeper keeper;
  private final Deque<Judge> judges = new ConcurrentLinkedDeque<>();
  private final AtomicLong dropped = new AtomicLong();

  PieceAppends(
      StreamDefinition stream,
      PartitionLanes lanes,
      Supplier<Verdict> checks,
      IngestLimits limits,
      LogAppends appends,
      IdempotencyIndex index,
      IdempotencyKeeper keeper) {
    this.stream = stream;
    this.lanes = lanes;
    this.checks = checks;
    this.limits = limits;
    this.appends = appends;
    this.index = index;
    this.keeper = keeper;
  }

  /** How many fields of appended events were in no column, and are not in the log. */
  long dropped() {
    return dropped.get();
  }

  /** Appends without a key. */
  void append(Piece piece, RequestTally tally) throws IngestException {
    Judge.Judgement judged = judged(piece, tally);
    int[] all = IntStream.range(0, piece.size()).toArray();
    for (int from = 0; from < all.length; from += limits.pieces().appendEvents()) {
      int[] some = some(all, from);
      try {
        tally.appended(coverage(sent(judged, some, tally, Optional.empty())), some.length);
      } catch (LogException e) {
        throw LogAppends.failure(e, false, lineAtFault(e, piece, some, tally));
      }
    }
    tally.judged(judged, judged.rejected(), false);
  }

  /** Appends what is not there yet of a piece that has a name. */
  void appendOnce(Piece piece, IdempotencyMark mark, RequestTally tally) throws IngestException {
    String name = mark.name();
    claim(name, mark.body());
    try {
      settle(name, mark.key());
      boolean repeated = !index.isNew(name);
      Judge.Judgement judged = judged(piece, tally);
      int[] missing = index.missing(name);
      try {
        appendMissing(piece, mark, judged, missing, tally);
      } catch (IngestException e) {
        known(name, piece, tally);
        throw e;
      }
      tally.appended(coverage(name), piece.size());
      tally.partition(index.partition(name));
      tally.judged(judged, index.rejected(name), repeated);
    } finally {
      index.release(name);
    }
  }

  /** Of a piece that failed, what is known to be in the log. */
  private void known(String name, Piece piece, RequestTally tally) throws IngestException {
    int events = piece.size() - index.missing(name).length;
    if (events > 0) {
      tally.appended(coverage(name), events);
    }
  }

  private void appendMissing(
      Piece piece, IdempotencyMark mark, Judge.Judgement judged, int[] missing, RequestTally tally)
      throws IngestException {
    for (int from = 0; from < missing.length; from += limits.pieces().appendEvents()) {
      int[] some = some(missing, from);
      IdempotencyIndex.OpenAppend open = index.begin(mark.name(), judged.rejected());
      try {
        index.appended(open, some, sent(judged, some, tally, Optional.of(mark)));
      } catch (EventTooLargeException | LogUnavailableException e) {
        index.nothingAppended(open);
        throw LogAppends.failure(e, true, lineAtFault(e, piece, some, tally));
      } catch (UnknownOutcomeException e) {
        index.unknown(open);
        throw LogAppends.unknown(e, true, Math.max(limits.keys().settleMillis(), 1));
      } catch (LogException e) {
        // Another topic took them, if any: they are not in this stream's log.
        index.nothingAppended(open);
        throw LogAppends.failure(e, true, 0);
      } catch (RuntimeException | Error e) {
        index.unknown(open);
        throw e;
      }
    }
  }

  private int[] some(int[] all, int from) {
    return Arrays.copyOfRange(
        all, from, Math.min(all.length, from + limits.pieces().appendEvents()));
  }

  private Appended sent(
      Judge.Judgement judged, int[] which, RequestTally tally, Optional<IdempotencyMark> mark) {
    List<Event> records = new ArrayList<>(which.length);
    int lost = 0;
    for (int event : which) {
      Judge.Judged one = judged.events().get(event);
      Optional<IdempotencyMark> own = mark.map(m -> m.of(event, judged.rejected()));
      records.add(
          new Event(
              one.bytes(),
              one.key(),
              one.key() == null ? tally.partition() : Event.ANY_PARTITION,
              IdempotencyMark.headers(own, one.contentType())));
      lost += one.dropped();
    }
    Appended appended = appends.append(records);
    dropped.addAndGet(lost);
    tally.partition(appended.partition(0));
    return appended;
  }

  private Judge.Judgement judged(Piece piece, RequestTally tally) {
    Judge judge = judges.poll();
    if (judge == null) {
      judge = new Judge(stream, checks.get());
    }
    Judge.Judgement judged = judge.judge(piece, tally.rejectsLeft());
    // One that failed may be half filled and is not used again.
    judges.push(judge);
    return judged;
  }

  private void claim(String name, BodyIdentity identity) throws IngestException {
    try {
      index.claim(name, identity);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw IngestException.retry(
          IngestException.Kind.BUSY,
          "Cannot wait for the first request with the key: interrupted",
          1_000,
          e);
    }
  }

  /** Finds out what became of an earlier try whose outcome is not known. */
  private void settle(String name, String key) throws IngestException {
    if (index.unresolved(name).isEmpty()) {
      return;
    }
    try {
      keeper.resolve();
    } catch (LogException e) {
      throw LogAppends.failure(e, true, 0);
    }
    if (index.unresolved(name).isPresent()) {
      throw IngestException.retry(
          IngestException.Kind.UNKNOWN_OUTCOME,
          "Cannot tell yet what became of the first request with key '"
              + key
              + "'; repeat it with the same key",
          limits.keys().settleMillis(),
          null);
    }
  }

  private static long lineAtFault(
      LogException problem, Piece piece, int[] which, RequestTally tally) {
    return problem instanceof EventTooLargeException tooLarge
        ? tally.line(piece.line(which[tooLarge.index()]))
        : 0;
  }

  private Coverage coverage(Appended appended) {
    Coverage.Builder coverage = new Coverage.Builder();
    int first = 0;
    for (int event = 1; event <= appended.size(); event++) {
      boolean follows =
          event < appended.size()
              && appended.partition(event) == appended.partition(first)
              && appended.position(event) == appended.position(event - 1) + 1;
      if (!follows) {
        long from = appended.position(first);
        coverage.add(
            lane(appended.partition(first)), new Range(from, appended.position(event - 1) + 1));
        first = event;
      }
    }
    return coverage.build();
  }

  private Coverage coverage(String name) throws IngestException {
    try {
      return index.coverage(name, new Named());
    } catch (UnknownOutcomeException e) {
      throw LogAppends.unknown(e, true, Math.max(limits.keys().settleMillis(), 1));
    }
  }

  /** Positions that the log has acknowledged: where they cannot be named, that is all we know. */
  private final class Named implements PartitionLanes {
    @Override
    public Lane lane(int partition) {
      return PieceAppends.this.lane(partition);
    }

    @Override
    public Optional<Lane> incarnation(int partition, int incarnation) {
      return lanes.incarnation(partition, incarnation);
    }
  }

  /** The lane of positions that the log has acknowledged: without it they have no name. */
  private Lane lane(int partition) {
    try {
      return lanes.lane(partition);
    } catch (RuntimeException e) {
      throw new UnknownOutcomeException(
          "Cannot name the positions of partition "
              + partition
              + " of stream '"
              + stream.name()
              + "', which was added to the topic just now; the events are in the log: "
              + e.getMessage(),
          0,
          e);
    }
  }
}
