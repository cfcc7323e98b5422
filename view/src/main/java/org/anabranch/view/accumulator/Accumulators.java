// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.util.List;
import org.anabranch.view.Type;
import org.anabranch.view.expression.TypeException;

/** Which accumulator keeps which aggregate. */
public final class Accumulators {
  private Accumulators() {}

  /** The accumulator of an aggregate. */
  public static Accumulator<?> of(Aggregate aggregate) {
    throw new UnsupportedOperationException("Cannot accumulate " + aggregate);
  }

  /**
   * The type an aggregate presents.
   *
   * @throws TypeException if the function does not take these argument types
   */
  public static Type typeOf(AggregateFunction function, List<Type> arguments) throws TypeException {
    throw new UnsupportedOperationException("Cannot type " + function + arguments);
  }
}
