// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.List;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Rows;
import org.anabranch.view.TextVector;
import org.anabranch.view.Vector;

/**
 * How much waits for a commit.
 *
 * @param rows rows and rejected events
 * @param bytes about how much memory they take
 */
record Held(long rows, long bytes) {
  static final Held NONE = new Held(0, 0);

  private static final int EVENT_BYTES = 300;
  private static final int CHUNK_BYTES = 500;
  private static final int POSITION_BYTES = 16;
  private static final int NUMBER_BYTES = 8;
  private static final int WIDE_BYTES = 16;
  private static final int OFFSET_BYTES = 4;

  static Held of(Rows rows) {
    long bytes = CHUNK_BYTES + (long) rows.size() * POSITION_BYTES;
    for (Vector column : rows.columns()) {
      bytes += bytes(column);
    }
    return new Held(rows.size(), bytes);
  }

  private static long bytes(Vector column) {
    if (column instanceof TextVector text) {
      return (long) text.size() * OFFSET_BYTES + text.offsets()[text.size()];
    }
    return (long) column.size() * (column.type().isWideDecimal() ? WIDE_BYTES : NUMBER_BYTES);
  }

  static Held of(Quarantined event) {
    return new Held(1, EVENT_BYTES + event.bytes().length);
  }

  static Held of(List<Rows> rows, List<Quarantined> events) {
    Held held = NONE;
    for (Rows chunk : rows) {
      held = held.plus(of(chunk));
    }
    for (Quarantined event : events) {
      held = held.plus(of(event));
    }
    return held;
  }

  Held plus(Held other) {
    return new Held(rows + other.rows, bytes + other.bytes);
  }

  Held minus(Held other) {
    return new Held(rows - other.rows, bytes - other.bytes);
  }

  boolean reaches(long mostRows, long mostBytes) {
    return rows >= mostRows || bytes >= mostBytes;
  }
}
