// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anabranch.view.reference.ReferenceEngine;

/** A random fold over a random history, whole and in disjoint pieces. */
public record RandomSegments(Fold fold, Coverage coverage, Segment whole, List<Segment> pieces) {
  public static RandomSegments of(Random random, int positions) {
    Fold fold = new RandomFolds(RandomRows.SCHEMA, random).next();
    MemoryHistory history = RandomRows.history(random, positions);
    ReferenceEngine engine = new ReferenceEngine();
    List<Segment> pieces = new ArrayList<>();
    for (Coverage piece :
        RandomCoverages.pieces(random, history.coverage(), 1 + random.nextInt(4))) {
      pieces.add(folded(engine, fold, history.chunks(piece)));
    }
    Segment whole = folded(engine, fold, history.chunks(history.coverage()));
    return new RandomSegments(fold, history.coverage(), whole, pieces);
  }

  private static Segment folded(Engine engine, Fold fold, List<Rows> chunks) {
    LiveSegment live = engine.open(fold);
    chunks.forEach(live::add);
    return live.seal();
  }
}
