// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.util.List;
import org.anabranch.engine.operator.Input;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.state.StateColumn;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.Tally;

/**
 * A live segment of flat arrays. A chunk is folded in blocks of rows, a block column by column:
 * first every expression, so that a row that is rejected has changed nothing; then the groups; then
 * each aggregate's states.
 */
final class ColumnarLiveSegment implements LiveSegment {
  /** So many rows are folded at a time that what they touch stays near the processor. */
  private static final int BLOCK = 2048;

  private final Fold fold;
  private final SegmentSpace space;
  private final FoldPlan plan;
  private final Input input;
  private final Windows windows;
  private final GroupKeys keys;
  private final List<StateColumn> states;
  private final Rejections rejections = new Rejections();
  private int[] groups = new int[0];
  private boolean[] reached = new boolean[0];
  private Coverage coverage = Coverage.EMPTY;
  private Tally tally = Tally.ZERO;
  private boolean sealed;

  ColumnarLiveSegment(Fold fold, SegmentSpace space) {
    this.fold = fold;
    this.space = space;
    this.plan = new FoldPlan(fold);
    this.input = plan.input();
    this.windows = Windows.of(fold, plan.windowTime());
    this.states = plan.aggregates().stream().map(AggregatePlan::states).toList();
    this.keys = GroupKeys.of(fold.keyTypes(), states.stream().mapToInt(StateColumn::words).sum());
    int at = keys.wordCount();
    for (StateColumn column : states) {
      column.attach(keys.records(), at);
      at += column.words();
    }
  }

  @Override
  public void add(Rows rows) {
    if (sealed) {
      throw new IllegalStateException("Cannot add rows to a segment that is sealed");
    }
    Coverage grown = coverage.plus(rows.coverage());
    input.bind(rows);
    coverage = grown;
    if (rows.size() > 0) {
      tally = tally.merge(fold(rows));
    }
  }

  private Tally fold(Rows rows) {
    int size = rows.size();
    if (groups.length < size) {
      groups = new int[size];
      reached = new boolean[size];
    }
    rejections.start(size);
    long folded = 0;
    for (int from = 0; from < size; from += BLOCK) {
      windows.look(input, from, Math.min(size, from + BLOCK), plan.looked(), rejections);
      folded += windows.perRow() == 1 ? foldOnce(rows) : foldPerWindow(rows);
    }
    long rejected = rejections.count();
    return new Tally(folded, size - folded - rejected, rejected, rejections.samples(rows));
  }

  private long foldOnce(Rows rows) {
    windows.show(input, 0, plan.looked());
    plan.stages().forEach(stage -> stage.evaluate(input, rejections));
    plan.stages().forEach(stage -> stage.settle(rejections));
    update(rows);
    return plan.where().matching().count();
  }

  /** Rows in several windows: none is added before all windows are known to have no error. */
  private long foldPerWindow(Rows rows) {
    for (int window = 0; window < windows.perRow(); window++) {
      boolean first = window == 0;
      windows.show(input, window, plan.looked());
      for (Stage stage : plan.stages()) {
        if (first || stage.mayFailByWindow()) {
          stage.evaluate(input, rejections);
        }
      }
    }
    long folded = 0;
    for (int window = 0; window < windows.perRow(); window++) {
      windows.show(input, window, plan.looked());
      for (Stage stage : plan.stages()) {
        if (stage.isWindowed()) {
          stage.evaluate(input, rejections);
        }
      }
      plan.stages().forEach(stage -> stage.settle(rejections));
      update(rows);
      folded += reach(plan.where().matching(), window == 0);
    }
    return folded;
  }

  /** How many of the rows are in a group for the first time. */
  private long reach(Selection selection, boolean first) {
    if (first) {
      Selection looked = plan.looked();
      for (int i = 0; i < looked.count(); i++) {
        reached[looked.rows()[i]] = false;
      }
    }
    long fresh = 0;
    for (int i = 0; i < selection.count(); i++) {
      int row = selection.rows()[i];
      fresh += reached[row] ? 0 : 1;
      reached[row] = true;
    }
    return fresh;
  }

  private void update(Rows rows) {
    Selection passing = plan.where().matching();
    if (passing.count() > 0) {
      keys.find(plan.keys(), passing, rows.size(), groups);
      for (AggregatePlan aggregate : plan.aggregates()) {
        aggregate.add(groups, rows);
      }
    }
  }

  @Override
  public Coverage coverage() {
    return coverage;
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public long groups() {
    return keys.records().count();
  }

  @Override
  public long stateBytes() {
    return keys.bytes() + states.stream().mapToLong(StateColumn::bytes).sum();
  }

  @Override
  public Segment seal() {
    if (sealed) {
      throw new IllegalStateException("Cannot seal a segment twice");
    }
    Sealing sealing = new Sealing(keys, states);
    Segment segment = space.write(fold.identity(), coverage, tally, sealing::write);
    sealed = true;
    return segment;
  }
}
