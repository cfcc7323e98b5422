// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.io.IOException;
import java.util.List;
import org.anabranch.view.expression.Expression;

/**
 * Folds rows into segments. Every engine gives the same segment bytes for the same fold and
 * coverage.
 */
public interface Engine {
  /** A new live segment without rows. */
  LiveSegment open(Fold fold);

  /** An evaluator of one expression over chunks with the given schema. */
  Evaluator evaluator(Expression expression, Schema schema);

  /**
   * The segment of all that the given segments of disjoint coverage account for, kept where this
   * engine keeps what it seals.
   *
   * @throws OverlapException if two account for one position
   */
  Segment merge(Fold fold, List<Segment> segments);

  /** {@code segment = engine.fold(view, history, coverage)}. */
  default Segment fold(Fold fold, History history, Coverage coverage) throws IOException {
    LiveSegment live = open(fold);
    try (History.RowsReader reader = history.read(coverage, fold.columns())) {
      for (Rows rows = reader.next(); rows != null; rows = reader.next()) {
        live.add(rows);
      }
    }
    return live.seal();
  }
}
