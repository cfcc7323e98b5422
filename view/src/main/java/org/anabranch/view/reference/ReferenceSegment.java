// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.reference;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.Tally;
import org.anabranch.view.accumulator.RowId;
import org.anabranch.view.accumulator.StateWriter;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.segment.KeyCodec;
import org.anabranch.view.segment.SegmentWriter;
import org.anabranch.view.segment.States;

/** The live segment of the reference engine: a sorted map from keys to states. */
final class ReferenceSegment implements LiveSegment {
  private final Fold fold;
  private final SegmentSpace space;
  private final RowFolding folding;
  private final RowReader reader;
  private final KeyCodec codec;
  private final States states;
  private final TreeMap<byte[], Object[]> groups = new TreeMap<>(Arrays::compareUnsigned);
  private Coverage coverage = Coverage.EMPTY;
  private Tally tally = Tally.ZERO;
  private boolean sealed;

  ReferenceSegment(Fold fold, SegmentSpace space) {
    this.fold = fold;
    this.space = space;
    this.folding = new RowFolding(fold);
    this.reader = new RowReader(fold.schema(), fold.columns());
    this.codec = new KeyCodec(fold.keyTypes());
    this.states = new States(fold);
  }

  @Override
  public void add(Rows rows) {
    if (sealed) {
      throw new IllegalStateException("Cannot add rows to a segment that is sealed");
    }
    Coverage grown = coverage.plus(rows.coverage());
    List<Object[]> all = reader.read(rows);
    coverage = grown;
    for (int row = 0; row < rows.size(); row++) {
      tally = tally.merge(add(all.get(row), rows, row));
    }
  }

  /** Folds one row and says how it fared. */
  private Tally add(Object[] values, Rows rows, int row) {
    try {
      List<RowFolding.Addition> additions = folding.fold(values);
      RowId id = new RowId(rows.lane().incarnation(), rows.lane().partition(), rows.position(row));
      additions.forEach(addition -> add(addition, id));
      return additions.isEmpty() ? new Tally(0, 1, 0, List.of()) : new Tally(1, 0, 0, List.of());
    } catch (EvaluationException e) {
      Tally.Sample sample = new Tally.Sample(rows.lane(), rows.position(row), e.getMessage());
      return new Tally(0, 0, 1, List.of(sample));
    }
  }

  private void add(RowFolding.Addition addition, RowId row) {
    Object[] group =
        groups.computeIfAbsent(codec.encode(addition.keys()), ignored -> states.zero());
    for (int aggregate = 0; aggregate < states.size(); aggregate++) {
      Optional<Object[]> arguments = addition.arguments().get(aggregate);
      if (arguments.isPresent()) {
        states.add(group, aggregate, arguments.get(), row);
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
    return groups.size();
  }

  /** The size of the encoded groups: slow and about right, as the reference may be. */
  @Override
  public long stateBytes() {
    StateWriter out = new StateWriter();
    groups.forEach(
        (key, group) -> {
          out.writeBytes(key, 0, key.length);
          states.encode(group, out);
        });
    return out.size();
  }

  @Override
  public Segment seal() {
    if (sealed) {
      throw new IllegalStateException("Cannot seal a segment twice");
    }
    Segment segment = space.write(fold.identity(), coverage, tally, this::write);
    sealed = true;
    return segment;
  }

  private void write(SegmentWriter writer) throws IOException {
    StateWriter state = new StateWriter();
    for (Map.Entry<byte[], Object[]> group : groups.entrySet()) {
      state.clear();
      states.encode(group.getValue(), state);
      writer.add(group.getKey(), group.getKey().length, state.array(), state.size());
    }
  }
}
