// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.reference;

import java.util.List;
import org.anabranch.view.Engine;
import org.anabranch.view.Evaluator;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Schema;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.segment.SegmentMerge;

/**
 * The slow, obvious engine: row by row, with objects, straight from the definitions. What it gives
 * is right by definition, and every other engine gives the same bytes.
 */
public final class ReferenceEngine implements Engine {
  private final SegmentSpace space;

  /** An engine that keeps what it seals on the heap. */
  public ReferenceEngine() {
    this(SegmentSpace.HEAP);
  }

  public ReferenceEngine(SegmentSpace space) {
    this.space = space;
  }

  @Override
  public LiveSegment open(Fold fold) {
    return new ReferenceSegment(fold, space);
  }

  @Override
  public Segment merge(Fold fold, List<Segment> segments) {
    return new SegmentMerge(fold).in(space, segments);
  }

  @Override
  public Evaluator evaluator(Expression expression, Schema schema) {
    return new ReferenceEvaluator(expression, schema);
  }
}
