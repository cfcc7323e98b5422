// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.table.Coding;
import org.anabranch.engine.table.GroupTable;
import org.anabranch.engine.table.Records;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.StateWriter;
import org.anabranch.view.segment.KeyCodec;

/**
 * The keys of groups: one word a key at the start of a group's record. Types that use all values of
 * a word have none for null; for them a last word has a bit for each key that is null, which counts
 * as part of the key from the first such null on.
 */
final class GroupKeys {
  private static final int MOST_KEYS = 64;

  private final List<Coding> codings;
  private final boolean reservesNulls;
  private final Records records;
  private final GroupTable table;
  private final long[][] words;
  private boolean widened;

  private GroupKeys(List<Coding> codings, boolean reservesNulls, Records records) {
    this.codings = codings;
    this.reservesNulls = reservesNulls;
    this.records = records;
    this.table = codings.isEmpty() ? null : new GroupTable(records, codings.size());
    this.words = new long[codings.size() + 1][];
    this.words[codings.size()] = new long[0];
  }

  /**
   * Keys of the given types.
   *
   * @param stateWords how many words a record has after the key
   */
  static GroupKeys of(List<Type> types, int stateWords) {
    if (types.size() > MOST_KEYS) {
      throw new IllegalArgumentException(
          "Cannot group by " + types.size() + " keys: at most " + MOST_KEYS + " are supported");
    }
    List<Coding> codings = new ArrayList<>();
    types.forEach(type -> codings.add(Coding.of(type)));
    boolean reserves = !codings.stream().allMatch(Coding::hasSpareForNull);
    int keyWords = codings.size() + (reserves ? 1 : 0);
    return new GroupKeys(codings, reserves, new Records(Math.max(1, keyWords + stateWords)));
  }

  Records records() {
    return records;
  }

  /** How many words of a record the key takes. */
  int wordCount() {
    return codings.size() + (reservesNulls ? 1 : 0);
  }

  /** Sets the group of every selected row, making groups for new keys. */
  void find(List<Argument> keys, Selection selection, int size, int[] groups) {
    if (codings.isEmpty()) {
      if (records.count() == 0) {
        records.append();
      }
      return;
    }
    boolean nulls = false;
    for (int i = 0; i < codings.size(); i++) {
      Coding coding = codings.get(i);
      words[i] = coding.code(keys.get(i).values(), selection);
      nulls |= !coding.hasSpareForNull() && keys.get(i).values().anyNull();
    }
    if (nulls || widened) {
      markNulls(keys, selection, size);
    }
    table.find(words, selection, groups);
  }

  private void markNulls(List<Argument> keys, Selection selection, int size) {
    int last = codings.size();
    words[last] = words[last].length < size ? new long[size] : words[last];
    for (int i = 0; i < selection.count(); i++) {
      words[last][selection.rows()[i]] = 0;
    }
    for (int key = 0; key < last; key++) {
      Values values = keys.get(key).values();
      if (!codings.get(key).hasSpareForNull() && values.anyNull()) {
        for (int i = 0; i < selection.count(); i++) {
          int row = selection.rows()[i];
          words[last][row] |= values.nulls()[row] ? 1L << key : 0;
        }
      }
    }
    if (!widened) {
      table.widen();
      widened = true;
    }
  }

  /** Writes a group's key. */
  void encode(int group, StateWriter out) {
    long nulls = reservesNulls ? records.get(group, codings.size()) : 0;
    for (int i = 0; i < codings.size(); i++) {
      Coding coding = codings.get(i);
      long word = records.get(group, i);
      boolean isNull = coding.hasSpareForNull() ? word == Coding.NULL : (nulls >>> i & 1) != 0;
      if (isNull) {
        KeyCodec.putNull(out);
      } else {
        coding.putKey(word, out);
      }
    }
  }

  /** About how many bytes of heap keys and records take. */
  long bytes() {
    return records.bytes()
        + (table == null ? 0 : table.bytes())
        + codings.stream().mapToLong(Coding::bytes).sum();
  }
}
