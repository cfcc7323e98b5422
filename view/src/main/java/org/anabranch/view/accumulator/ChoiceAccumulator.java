// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.Comparator;
import java.util.Optional;
import org.anabranch.view.Type;

/**
 * The row with the least or the greatest t, if there is one: its t, its place and its x. Merging
 * two keeps the better row; of rows with equal t the place decides.
 */
final class ChoiceAccumulator implements Accumulator<Optional<ChoiceAccumulator.Choice>> {
  /**
   * A row that was chosen.
   *
   * @param t what it was chosen by
   * @param row its place
   * @param x what is presented
   */
  record Choice(Object t, RowId row, Object x) {}

  private final Type valueType;
  private final Type orderType;
  private final Comparator<Choice> order;

  private ChoiceAccumulator(Type valueType, Type orderType, boolean greatest) {
    this.valueType = valueType;
    this.orderType = orderType;
    Comparator<Choice> ascending = ascending(valueType, orderType);
    this.order = greatest ? ascending.reversed() : ascending;
  }

  static ChoiceAccumulator least(Type valueType, Type orderType) {
    return new ChoiceAccumulator(valueType, orderType, false);
  }

  static ChoiceAccumulator greatest(Type valueType, Type orderType) {
    return new ChoiceAccumulator(valueType, orderType, true);
  }

  /** By x last: overlapping windows add one row several times, perhaps with different x. */
  private static Comparator<Choice> ascending(Type valueType, Type orderType) {
    return Comparator.comparing(Choice::t, ValueBytes.order(orderType))
        .thenComparing(Choice::row)
        .thenComparing(Choice::x, ValueBytes.order(valueType));
  }

  @Override
  public Optional<Choice> zero() {
    return Optional.empty();
  }

  @Override
  public Optional<Choice> add(Optional<Choice> state, Object[] arguments, RowId row) {
    if (arguments[0] == null || arguments[1] == null) {
      return state;
    }
    Object t = ValueBytes.canonical(arguments[1], orderType);
    Object x = ValueBytes.canonical(arguments[0], valueType);
    return merge(state, Optional.of(new Choice(t, row, x)));
  }

  @Override
  public Optional<Choice> merge(Optional<Choice> left, Optional<Choice> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    return order.compare(left.get(), right.get()) <= 0 ? left : right;
  }

  @Override
  public Object present(Optional<Choice> state) {
    return state.map(Choice::x).orElse(null);
  }

  @Override
  public void encode(Optional<Choice> state, StateWriter out) {
    out.writeByte(state.isPresent() ? 1 : 0);
    if (state.isPresent()) {
      Choice choice = state.get();
      ValueBytes.write(choice.t(), orderType, out);
      out.writeVarint(choice.row().incarnation());
      out.writeVarint(choice.row().partition());
      out.writeVarint(choice.row().position());
      ValueBytes.write(choice.x(), valueType, out);
    }
  }

  @Override
  public Optional<Choice> decode(StateReader in) {
    if (in.readByte() == 0) {
      return Optional.empty();
    }
    Object t = ValueBytes.read(orderType, in);
    int incarnation = (int) in.readVarint();
    int partition = (int) in.readVarint();
    RowId row = new RowId(incarnation, partition, in.readVarint());
    return Optional.of(new Choice(t, row, ValueBytes.read(valueType, in)));
  }
}
