// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.SortedSet;
import java.util.TreeSet;
import org.anabranch.view.Type;

/** The set of different values, exactly. Merging two unites them. */
final class DistinctAccumulator implements Accumulator<SortedSet<Object>> {
  private final Type type;

  DistinctAccumulator(Type type) {
    this.type = type;
  }

  @Override
  public SortedSet<Object> zero() {
    return new TreeSet<>(ValueBytes.order(type));
  }

  @Override
  public SortedSet<Object> add(SortedSet<Object> state, Object[] arguments, RowId row) {
    if (arguments[0] != null) {
      state.add(ValueBytes.canonical(arguments[0], type));
    }
    return state;
  }

  @Override
  public SortedSet<Object> merge(SortedSet<Object> left, SortedSet<Object> right) {
    left.addAll(right);
    return left;
  }

  @Override
  public Long present(SortedSet<Object> state) {
    return (long) state.size();
  }

  @Override
  public void encode(SortedSet<Object> state, StateWriter out) {
    out.writeVarint(state.size());
    state.forEach(value -> ValueBytes.write(value, type, out));
  }

  @Override
  public SortedSet<Object> decode(StateReader in) {
    SortedSet<Object> state = zero();
    for (long rest = in.readVarint(); rest > 0; rest--) {
      state.add(ValueBytes.read(type, in));
    }
    return state;
  }
}
