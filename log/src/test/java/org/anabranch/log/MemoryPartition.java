// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One partition in memory: its records, null where a marker stands. */
final class MemoryPartition {
  private final List<Stored> records = new ArrayList<>();
  private final List<Long> epochStarts = new ArrayList<>(List.of(0L));
  private long start;

  /** A record. */
  record Stored(
      long position, long appendedAt, byte[] bytes, Map<String, String> headers, int epoch)
      implements LogRecord {
    @Override
    public int offset() {
      return 0;
    }

    @Override
    public int length() {
      return bytes.length;
    }

    @Override
    public String header(String name) {
      return headers.get(name);
    }
  }

  long start() {
    return start;
  }

  long end() {
    return records.size();
  }

  long since(long epochMillis) {
    for (Stored record : records) {
      if (record != null && record.position() >= start && record.appendedAt() >= epochMillis) {
        return record.position();
      }
    }
    return end();
  }

  int epoch() {
    return epochStarts.size() - 1;
  }

  long append(Event event, long now) {
    long position = end();
    records.add(new Stored(position, now, event.value(), event.headers(), epoch()));
    return position;
  }

  void mark() {
    records.add(null);
  }

  void trim(long below) {
    start = Math.max(start, below);
  }

  void truncate(long to) {
    records.subList((int) to, records.size()).clear();
    epochStarts.add(to);
  }

  Stored get(long position) {
    return records.get((int) position);
  }

  /** Up to where the log is what a reader saw that had an epoch at its last position. */
  long endOf(int seenEpoch) {
    long end = end();
    for (int later = seenEpoch + 1; seenEpoch >= 0 && later < epochStarts.size(); later++) {
      end = Math.min(end, epochStarts.get(later));
    }
    return end;
  }
}
