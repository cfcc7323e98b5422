// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import org.anabranch.view.Engine;
import org.anabranch.view.Evaluator;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Schema;
import org.anabranch.view.expression.Expression;

/** The fast engine: the same segments as the reference, a chunk and a column at a time. */
public final class ColumnarEngine implements Engine {
  @Override
  public LiveSegment open(Fold fold) {
    return new ColumnarLiveSegment(fold);
  }

  @Override
  public Evaluator evaluator(Expression expression, Schema schema) {
    return new ColumnarEvaluator(expression, schema);
  }
}
