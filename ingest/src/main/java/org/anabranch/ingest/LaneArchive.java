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
 * What of one lane is on its way to the lake. Accepted rows and rejected events go to two tables, each
 * with its own end: a chunk below one of the ends is cut to the rest for that table. Guarded by the
 * archiver.
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

  void add(Chunk chunk) {
    long to = chunk.range().to();
    if (to > rowsTo) {
      Chunk rest = from(chunk, rowsTo);
      ledger = ledger.plus(rest, eventTime);
      rows.add(rest.rows());
      rowsTo = to;
    }
    if (to > eventsTo) {
      for (Quarantined event : chunk.quarantined()) {
        if (event.position() >= eventsTo) {
          events.add(event);
        }
      }
      eventsTo = to;
    }
    leaderEpoch = chunk.leaderEpoch();
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
