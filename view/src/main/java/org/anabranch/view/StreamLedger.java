// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The accounts of all lanes of a stream. */
public record StreamLedger(SortedMap<Lane, LaneLedger> lanes) {
  public static final StreamLedger EMPTY = new StreamLedger(new TreeMap<>());

  public StreamLedger {
    lanes = Collections.unmodifiableSortedMap(new TreeMap<>(lanes));
  }

  public long accepted() {
    return lanes.values().stream().mapToLong(LaneLedger::accepted).sum();
  }

  public long quarantined() {
    return lanes.values().stream().mapToLong(LaneLedger::quarantined).sum();
  }

  public long late() {
    return lanes.values().stream().mapToLong(LaneLedger::late).sum();
  }

  /** When the last event was appended, in epoch milliseconds; {@link Long#MIN_VALUE} for never. */
  public long lastAppendedAt() {
    return lanes.values().stream()
        .mapToLong(LaneLedger::lastAppendedAt)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** {@code lane=ledger;lane=ledger}, for a property of a commit. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    lanes.forEach(
        (lane, ledger) ->
            text.append(text.length() == 0 ? "" : ";").append(lane).append('=').append(ledger));
    return text.toString();
  }

  /** Reads what {@link #toText} wrote. */
  public static StreamLedger parse(String text) {
    Map<Lane, LaneLedger> lanes = new TreeMap<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("Cannot read a ledger from '" + text + "'");
      }
      lanes.put(
          Lane.parse(part.substring(0, equals)), LaneLedger.parse(part.substring(equals + 1)));
    }
    return new StreamLedger(new TreeMap<>(lanes));
  }
}
