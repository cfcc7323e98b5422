// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

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

/** The fast engine: the same segments as the reference, a chunk and a column at a time. */
public final class ColumnarEngine implements Engine {
  private final SegmentSpace space;
  private final long largestGroup;

  /** An engine that keeps what it seals on the heap. */
  public ColumnarEngine() {
    this(SegmentSpace.HEAP, SegmentMerge.LARGEST_GROUP);
  }

  /**
   * @param space where it keeps what it seals
   * @param largestGroup how many bytes the states of one group may take together to be merged
   */
  public ColumnarEngine(SegmentSpace space, long largestGroup) {
    this.space = space;
    this.largestGroup = largestGroup;
  }

  @Override
  public LiveSegment open(Fold fold) {
    return new ColumnarLiveSegment(fold, space);
  }

  @Override
  public Segment merge(Fold fold, List<Segment> segments) {
    return new SegmentMerge(fold, largestGroup).in(space, segments);
  }

  @Override
  public Evaluator evaluator(Expression expression, Schema schema) {
    return new ColumnarEvaluator(expression, schema);
  }
}
