// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.function.Function;
import java.util.function.Supplier;

/** What all accumulators over one kind of mutable state share; they differ in add and present. */
abstract class StateAccumulator<S extends MergeableState<S>> implements Accumulator<S> {
  private final Supplier<S> zero;
  private final Function<StateReader, S> decode;

  StateAccumulator(Supplier<S> zero, Function<StateReader, S> decode) {
    this.zero = zero;
    this.decode = decode;
  }

  /** Adds an argument that is not null. */
  abstract void addValue(S state, Object value);

  @Override
  public final S zero() {
    return zero.get();
  }

  @Override
  public final S add(S state, Object[] arguments, RowId row) {
    if (arguments[0] != null) {
      addValue(state, arguments[0]);
    }
    return state;
  }

  @Override
  public final S merge(S left, S right) {
    left.merge(right);
    return left;
  }

  @Override
  public final void encode(S state, StateWriter out) {
    state.encode(out);
  }

  @Override
  public final S decode(StateReader in) {
    return decode.apply(in);
  }
}
