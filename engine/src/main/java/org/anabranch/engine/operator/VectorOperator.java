// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

/** An expression ready to be computed for many rows at a time. Owned by one thread. */
public interface VectorOperator {
  /**
   * Computes the selected rows; the others are unspecified.
   *
   * @return the operator's own values, until it is evaluated again
   */
  Values evaluate(Input input, Selection selection);
}
