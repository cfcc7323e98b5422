// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import org.anabranch.view.expression.MicroTimes;

/**
 * The running account of one lane up to a position, a left fold over its chunks: {@code appended =
 * accepted + quarantined}, in events.
 *
 * <p>A row is late if an earlier one of its lane happened after it: so the account depends on the
 * lane's order alone and not on how it is cut into chunks. Times count by their millisecond.
 *
 * @param position everything below is in the account
 * @param accepted accepted rows
 * @param quarantined rejected events
 * @param late accepted rows whose event time lies before the highest one so far
 * @param highestEventTime in epoch milliseconds, {@link Long#MIN_VALUE} for none
 * @param lastAppendedAt when the last event was appended, {@link Long#MIN_VALUE} for none
 */
public record LaneLedger(
    long position,
    long accepted,
    long quarantined,
    long late,
    long highestEventTime,
    long lastAppendedAt) {
  /** The account of a lane from its opening position. */
  public static LaneLedger startingAt(long position) {
    return new LaneLedger(position, 0, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE);
  }

  /**
   * The account after the next chunk.
   *
   * @param eventTime index of the event time among the rows' columns, -1 for none
   * @throws IllegalArgumentException if the chunk does not start where this account ends
   */
  public LaneLedger plus(Chunk chunk, int eventTime) {
    Rows rows = chunk.rows();
    if (chunk.range().from() != position) {
      throw new IllegalArgumentException(
          "Cannot account for "
              + chunk.range()
              + " of lane "
              + chunk.lane()
              + ": the account ends at "
              + position);
    }
    long highest = highestEventTime;
    long lateRows = late;
    if (eventTime >= 0) {
      LongVector times = (LongVector) rows.column(eventTime);
      boolean micros = times.type().isMicros();
      for (int row = 0; row < rows.size(); row++) {
        if (!times.isNull(row)) {
          long value = times.getLong(row);
          long time = micros ? MicroTimes.millis(value) : value;
          lateRows += time < highest ? 1 : 0;
          highest = Math.max(highest, time);
        }
      }
    }
    return new LaneLedger(
        chunk.range().to(),
        accepted + rows.size(),
        quarantined + chunk.quarantined().size(),
        lateRows,
        highest,
        Math.max(lastAppendedAt, lastAppended(chunk)));
  }

  private static long lastAppended(Chunk chunk) {
    Rows rows = chunk.rows();
    long last = rows.size() == 0 ? Long.MIN_VALUE : rows.appendedAt(rows.size() - 1);
    for (Quarantined event : chunk.quarantined()) {
      last = Math.max(last, event.appendedAt());
    }
    return last;
  }

  /** Reads what {@link #toString} wrote. */
  public static LaneLedger parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 6) {
      throw new IllegalArgumentException("Cannot read a lane's ledger from '" + text + "'");
    }
    return new LaneLedger(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        Long.parseLong(parts[4]),
        Long.parseLong(parts[5]));
  }

  @Override
  public String toString() {
    return position
        + ","
        + accepted
        + ","
        + quarantined
        + ","
        + late
        + ","
        + highestEventTime
        + ","
        + lastAppendedAt;
  }
}
