// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.table.Coding;
import org.anabranch.engine.table.GroupTable;
import org.anabranch.engine.table.Records;
import org.anabranch.view.Rows;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.StateWriter;

/**
 * COUNT(DISTINCT x), exactly: one table of (group, value) pairs for all groups. A group's record
 * has how many values it has and the number, from 1, of the last pair; each pair has the number of
 * the one before.
 */
final class DistinctColumn extends StateColumn {
  private static final int GROUP = 0;
  private static final int VALUE = 1;
  private static final int BEFORE = 2;

  private final Coding coding;
  private final Records pairs = new Records(3);
  private final GroupTable table = new GroupTable(pairs, 2);
  private final long[][] keys = new long[2][];
  private int[] found = new int[0];
  private long[] scratch = new long[16];

  DistinctColumn(Type type) {
    super(2);
    this.coding = Coding.of(type);
    this.keys[GROUP] = new long[0];
  }

  @Override
  public void add(int[] groups, Selection selection, Values[] arguments, Rows from) {
    reserve(from.size());
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      keys[GROUP][rows[i]] = groups[rows[i]];
    }
    keys[VALUE] = coding.code(arguments[0], selection);
    int known = pairs.count();
    table.find(keys, selection, found);
    for (int i = 0, n = selection.count(); i < n; i++) {
      if (found[rows[i]] == known) {
        link(groups[rows[i]], known++);
      }
    }
  }

  private void reserve(int size) {
    if (found.length < size) {
      found = new int[size];
      keys[GROUP] = new long[size];
    }
  }

  private void link(int group, int pair) {
    long[] page = page(group);
    int at = at(group);
    pairs.set(pair, BEFORE, page[at + 1]);
    page[at]++;
    page[at + 1] = pair + 1L;
  }

  @Override
  public void encode(int group, StateWriter out) {
    long[] page = page(group);
    int count = (int) page[at(group)];
    if (scratch.length < count) {
      scratch = new long[Math.max(count, scratch.length * 2)];
    }
    int filled = 0;
    for (long pair = page[at(group) + 1]; pair != 0; pair = pairs.get((int) pair - 1, BEFORE)) {
      scratch[filled++] = pairs.get((int) pair - 1, VALUE);
    }
    coding.sort(scratch, count);
    out.writeVarint(count);
    for (int i = 0; i < count; i++) {
      coding.putState(scratch[i], out);
    }
  }

  @Override
  public long bytes() {
    return pairs.bytes() + table.bytes() + coding.bytes();
  }
}
