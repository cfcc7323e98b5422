// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/** One expression, ready to be computed for chunks. Owned by one thread at a time. */
public interface Evaluator {
  /** The expression for every row of the chunk. */
  Evaluated evaluate(Rows rows);

  /**
   * Values and errors of an expression.
   *
   * @param values one a row; where there is an error, null
   * @param errors the reason a row's value cannot be computed, null for the others; null if there
   *     is no error at all
   */
  record Evaluated(Vector values, String[] errors) {
    public boolean isError(int row) {
      return errors != null && errors[row] != null;
    }
  }
}
