// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Chunk;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;

/**
 * What of one lane is on its way to the lake. Accepted rows and rejected events go to two tables,
 * each with its own end: a chunk below one of the ends is cut to the rest for that table. Guarded
 * by the archiver.
 */
final class LaneArchive {
  private final int eventTime;
  private LaneLedger ledger;
  private long rowsFrom;
  private long rowsTo;
  private long eventsFrom;
  private long eventsTo;
  private int leaderEpoch;
  private List<Rows> rows = new ArrayList<>();
  private List<Quarantined> events = new ArrayList<>();

  /**
   * @param ledger the lane's account up to the end of the master dataset
   * @param quarantineEnd the end of the quarantine
   */
  LaneArchive(LaneLedger ledger, long quarantineEnd, int leaderEpoch, int eventTime) {
    this.ledger = ledger;
    this.rowsFrom = ledger.position();
    this.rowsTo = ledger.position();
    this.eventsFrom = quarantineEnd;
    this.eventsTo = quarantineEnd;
    this.leaderEpoch = leaderEpoch;
    this.eventTime = eventTime;
  }

  /**
   * Takes a chunk, all of it or nothing.
   *
   * @return how much of it waits for a commit now
   */
  Held add(Chunk chunk) {
    requireNext(chunk);
    long to = chunk.range().to();
    Held held = Held.NONE;
    if (to > rowsTo) {
      Chunk rest = from(chunk, rowsTo);
      ledger = ledger.plus(rest, eventTime);
      rows.add(rest.rows());
      rowsTo = to;
      leaderEpoch = chunk.leaderEpoch();
      held = held.plus(Held.of(rest.rows()));
    }
    if (to > eventsTo) {
      for (Quarantined event : chunk.quarantined()) {
        if (event.position() >= eventsTo) {
          events.add(event);
          held = held.plus(Held.of(event));
        }
      }
      eventsTo = to;
    }
    return held;
  }

  /** Positions that were skipped would count as archived with the next commit. */
  private void requireNext(Chunk chunk) {
    long next = Math.min(rowsTo, eventsTo);
    if (chunk.range().from() > next) {
      throw new IllegalArgumentException(
          "Cannot archive "
              + chunk.range()
              + " of lane "
              + chunk.lane()
              + ": the next position is "
              + next);
    }
  }

  /** The part of a chunk from a position on. */
  private static Chunk from(Chunk chunk, long position) {
    if (position <= chunk.range().from()) {
      return chunk;
    }
    List<Quarantined> rest =
        chunk.quarantined().stream().filter(event -> event.position() >= position).toList();
    return new Chunk(chunk.rows().from(position), rest, chunk.leaderEpoch(), 0);
  }

  LaneLedger ledger() {
    return ledger;
  }

  /** Of the last position of the rows. */
  int leaderEpoch() {
    return leaderEpoch;
  }

  /** What rows wait for the master dataset, and what they account for. */
  Range rowsRange() {
    return new Range(rowsFrom, rowsTo);
  }

  Range eventsRange() {
    return new Range(eventsFrom, eventsTo);
  }

  boolean hasEvents() {
    return !events.isEmpty();
  }

  List<Rows> takeRows() {
    List<Rows> taken = rows;
    rows = new ArrayList<>();
    rowsFrom = rowsTo;
    return taken;
  }

  List<Quarantined> takeEvents() {
    List<Quarantined> taken = events;
    events = new ArrayList<>();
    eventsFrom = eventsTo;
    return taken;
  }
}
