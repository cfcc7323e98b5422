// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.Comparator;
import java.util.Optional;
import org.anabranch.view.Type;

/** The least or the greatest value, if there is one. Merging two keeps the better. */
final class ExtremeAccumulator implements Accumulator<Optional<Object>> {
  private final Type type;
  private final Comparator<Object> order;

  private ExtremeAccumulator(Type type, Comparator<Object> order) {
    this.type = type;
    this.order = order;
  }

  static ExtremeAccumulator least(Type type) {
    return new ExtremeAccumulator(type, ValueBytes.order(type));
  }

  static ExtremeAccumulator greatest(Type type) {
    return new ExtremeAccumulator(type, ValueBytes.order(type).reversed());
  }

  @Override
  public Optional<Object> zero() {
    return Optional.empty();
  }

  @Override
  public Optional<Object> add(Optional<Object> state, Object[] arguments, RowId row) {
    return arguments[0] == null
        ? state
        : merge(state, Optional.of(ValueBytes.canonical(arguments[0], type)));
  }

  @Override
  public Optional<Object> merge(Optional<Object> left, Optional<Object> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    return order.compare(left.get(), right.get()) <= 0 ? left : right;
  }

  @Override
  public Object present(Optional<Object> state) {
    return state.orElse(null);
  }

  @Override
  public void encode(Optional<Object> state, StateWriter out) {
    out.writeByte(state.isPresent() ? 1 : 0);
    state.ifPresent(value -> ValueBytes.write(value, type, out));
  }

  @Override
  public Optional<Object> decode(StateReader in) {
    return in.readByte() == 0 ? Optional.empty() : Optional.of(ValueBytes.read(type, in));
  }
}
