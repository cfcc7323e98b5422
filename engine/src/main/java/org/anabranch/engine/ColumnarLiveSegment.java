// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.io.IOException;
import java.util.List;
import org.anabranch.engine.operator.Input;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.state.StateColumn;
import org.anabranch.engine.table.KeySort;
import org.anabranch.engine.table.TextArena;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.Tally;
import org.anabranch.view.accumulator.StateWriter;
import org.anabranch.view.segment.SegmentWriter;
import org.anabranch.view.segment.Segments;

/**
 * A live segment of flat arrays. A chunk is folded column by column: first every expression for all
 * rows, so that a row that is rejected has changed nothing; then the groups; then each aggregate's
 * states.
 */
final class ColumnarLiveSegment implements LiveSegment {
  private final Fold fold;
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

  ColumnarLiveSegment(Fold fold) {
    this.fold = fold;
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
    input.release();
  }

  private Tally fold(Rows rows) {
    int size = rows.size();
    if (groups.length < size) {
      groups = new int[size];
    }
    rejections.start(size);
    windows.look(input, plan.looked(), rejections);
    long folded = windows.perRow() == 1 ? foldOnce(rows) : foldPerWindow(rows);
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
    reached = new boolean[rows.size()];
    for (int window = 0; window < windows.perRow(); window++) {
      windows.show(input, window, plan.looked());
      for (Stage stage : plan.stages()) {
        if (stage.isWindowed()) {
          stage.evaluate(input, rejections);
        }
      }
      plan.stages().forEach(stage -> stage.settle(rejections));
      update(rows);
    }
    return countReached();
  }

  private void update(Rows rows) {
    Selection passing = plan.where().matching();
    if (passing.count() > 0) {
      keys.find(plan.keys(), passing, rows.size(), groups);
      for (AggregatePlan aggregate : plan.aggregates()) {
        aggregate.add(groups, rows);
      }
      if (windows.perRow() > 1) {
        for (int i = 0; i < passing.count(); i++) {
          reached[passing.rows()[i]] = true;
        }
      }
    }
  }

  private long countReached() {
    long count = 0;
    for (boolean row : reached) {
      count += row ? 1 : 0;
    }
    return count;
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
    sealed = true;
    return Segments.inMemory(fold.identity(), coverage, tally, this::write);
  }

  private void write(SegmentWriter writer) throws IOException {
    int count = keys.records().count();
    TextArena arena = new TextArena();
    long[] places = new long[count];
    int[] lengths = new int[count];
    StateWriter out = new StateWriter();
    for (int group = 0; group < count; group++) {
      out.clear();
      keys.encode(group, out);
      places[group] = arena.append(out.array(), 0, out.size());
      lengths[group] = out.size();
    }
    byte[] key = new byte[64];
    for (int group : KeySort.sort(arena, places, lengths, count)) {
      key = key.length < lengths[group] ? new byte[lengths[group] * 2] : key;
      System.arraycopy(
          arena.page(places[group]), TextArena.offset(places[group]), key, 0, lengths[group]);
      out.clear();
      for (StateColumn column : states) {
        column.encode(group, out);
      }
      writer.add(key, lengths[group], out.array(), out.size());
    }
  }
}
