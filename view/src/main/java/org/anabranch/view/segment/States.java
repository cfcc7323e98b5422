// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.List;
import org.anabranch.view.Fold;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.Accumulator;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.PresentException;
import org.anabranch.view.accumulator.RowId;
import org.anabranch.view.accumulator.StateReader;
import org.anabranch.view.accumulator.StateWriter;
import org.anabranch.view.expression.Unpresentable;

/** The states of a group: one a aggregate of the fold, each kept by its accumulator. */
public final class States {
  private final List<Accumulator<Object>> accumulators;
  private final List<Type> types;

  public States(Fold fold) {
    this.accumulators = fold.aggregates().stream().map(States::accumulator).toList();
    this.types = fold.aggregates().stream().map(Aggregate::type).toList();
  }

  // A state only ever meets the accumulator that made it: both have the same place in their list.
  @SuppressWarnings("unchecked")
  private static Accumulator<Object> accumulator(Aggregate aggregate) {
    return (Accumulator<Object>) aggregate.accumulator();
  }

  public int size() {
    return accumulators.size();
  }

  /** The states of no rows. */
  public Object[] zero() {
    return accumulators.stream().map(Accumulator::zero).toArray();
  }

  /** Adds one row to one of the states. */
  public void add(Object[] states, int aggregate, Object[] arguments, RowId row) {
    states[aggregate] = accumulators.get(aggregate).add(states[aggregate], arguments, row);
  }

  /** Merges other states into the first; the second are not changed. */
  public void merge(Object[] into, Object[] from) {
    for (int i = 0; i < into.length; i++) {
      into[i] = accumulators.get(i).merge(into[i], from[i]);
    }
  }

  public void encode(Object[] states, StateWriter out) {
    for (int i = 0; i < states.length; i++) {
      accumulators.get(i).encode(states[i], out);
    }
  }

  /** Reads what {@link #encode} wrote. The buffer is not moved. */
  public Object[] decode(ByteBuffer bytes) {
    StateReader in = new StateReader(bytes.duplicate());
    Object[] states = new Object[accumulators.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = accumulators.get(i).decode(in);
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("Cannot read states: bytes are left over behind the last");
    }
    return states;
  }

  /** The values of all aggregates; {@link Unpresentable} where one cannot be shown. */
  public Object[] present(Object[] states) {
    Object[] values = new Object[states.length];
    for (int i = 0; i < states.length; i++) {
      values[i] = present(i, states[i]);
    }
    return values;
  }

  private Object present(int aggregate, Object state) {
    try {
      Object value = accumulators.get(aggregate).present(state);
      return Unpresentable.orValue(value, types.get(aggregate));
    } catch (PresentException e) {
      return new Unpresentable(null, e.getMessage(), e.advice());
    }
  }
}
