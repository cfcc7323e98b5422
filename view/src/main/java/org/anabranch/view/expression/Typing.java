// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.List;
import org.anabranch.view.Type;

/** Builds typed expressions: finds the common type of operands and puts in the casts. */
public final class Typing {
  private Typing() {}

  /**
   * An operator applied to operands of any types.
   *
   * @throws TypeException if the operator does not take these types
   */
  public static Expression call(Operator operator, List<Expression> arguments)
      throws TypeException {
    throw new UnsupportedOperationException("Cannot type " + operator + arguments);
  }

  /** An explicit CAST. */
  public static Expression cast(Expression operand, Type type) throws TypeException {
    throw new UnsupportedOperationException("Cannot cast " + operand + " to " + type);
  }

  /** CASE WHEN ... THEN ... ELSE ... END; a missing ELSE is a null literal. */
  public static Expression cases(List<Expression.When> branches, Expression otherwise)
      throws TypeException {
    throw new UnsupportedOperationException("Cannot type CASE " + branches + otherwise);
  }

  /** The type that values of both types convert to without loss of meaning. */
  public static Type common(Type left, Type right) throws TypeException {
    throw new UnsupportedOperationException("Cannot combine " + left + " and " + right);
  }
}
