// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.table.Records;
import org.anabranch.view.Rows;
import org.anabranch.view.accumulator.StateWriter;

/**
 * The states of one aggregate for all groups. A state is a few longs in the group's record, all
 * zero for a group without rows; what does not fit there is kept beside and referred to.
 */
public abstract class StateColumn {
  private final int words;
  private Records records;
  private int offset;

  StateColumn(int words) {
    this.words = words;
  }

  /** How many longs of a record the state takes. */
  public final int words() {
    return words;
  }

  /** Says where the states are: from the given word of every record on. */
  public final void attach(Records all, int at) {
    records = all;
    offset = at;
  }

  final long[][] pages() {
    return records.pages();
  }

  final int stride() {
    return records.stride();
  }

  final int offset() {
    return offset;
  }

  final long[] page(int group) {
    return records.pages()[group >>> Records.SHIFT];
  }

  /** The index of a group's first word in its page. */
  final int at(int group) {
    return (group & Records.MASK) * records.stride() + offset;
  }

  /**
   * Adds rows to the states of their groups.
   *
   * @param groups the group of each row
   * @param selection the rows, none with a null argument
   * @param arguments the aggregate's arguments
   * @param rows where the rows come from
   */
  public abstract void add(int[] groups, Selection selection, Values[] arguments, Rows rows);

  /** Writes a group's state. */
  public abstract void encode(int group, StateWriter out);

  /** About how many bytes of heap the states take beside the records. */
  public long bytes() {
    return 0;
  }
}
