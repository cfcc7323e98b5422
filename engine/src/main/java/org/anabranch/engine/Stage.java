// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import org.anabranch.engine.operator.Input;

/**
 * One expression of a fold. For every window in which the rows are looked at, stages are evaluated
 * in the order of the specification, which decides whose error rejects a row; then, when it is
 * known which rows are rejected, they are settled.
 */
interface Stage {
  /** Whether the expression depends on the window, so that it is to be evaluated for each. */
  boolean isWindowed();

  /** Whether it may have an error in one window and none in another. */
  boolean mayFailByWindow();

  void evaluate(Input input, Rejections rejections);

  /** Leaves out rejected rows. */
  void settle(Rejections rejections);
}
