// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.reference;

import org.anabranch.view.Engine;
import org.anabranch.view.Evaluator;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Schema;
import org.anabranch.view.expression.Expression;

/**
 * The slow, obvious engine: row by row, with objects, straight from the definitions. What it gives
 * is right by definition, and every other engine gives the same bytes.
 */
public final class ReferenceEngine implements Engine {
  @Override
  public LiveSegment open(Fold fold) {
    return new ReferenceSegment(fold);
  }

  @Override
  public Evaluator evaluator(Expression expression, Schema schema) {
    return new ReferenceEvaluator(expression, schema);
  }
}
