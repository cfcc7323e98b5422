// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.RandomCoverages;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.Standing;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.Tiling;
import org.anabranch.view.TilingSource;
import org.anabranch.view.reference.ReferenceEngine;

/** Tilings of a history in memory, cut at random, that counts who holds on to it. */
final class FakeSource implements TilingSource {
  private final MemoryHistory history;
  private final Random random;
  private final AtomicInteger open = new AtomicInteger();
  private volatile Coverage frontier;

  FakeSource(MemoryHistory history, Random random) {
    this.history = history;
    this.random = random;
    this.frontier = history.coverage();
  }

  /** Takes in what was appended since. */
  void advance() {
    frontier = history.coverage();
  }

  int open() {
    return open.get();
  }

  @Override
  public boolean await(Coverage coverage, long timeoutMillis) {
    return frontier.containsAll(coverage);
  }

  @Override
  public Pinned pin() {
    Coverage pinned = frontier;
    open.incrementAndGet();
    return new Pinned() {
      private boolean closed;

      @Override
      public Tiling tiling(Fold fold) {
        if (closed) {
          throw new IllegalStateException("Cannot read a pin that is closed");
        }
        return FakeSource.this.tiling(fold, pinned);
      }

      @Override
      public Standing standing() {
        return new Standing("random", pinned, Coverage.EMPTY, StreamLedger.EMPTY, 0);
      }

      @Override
      public void close() {
        if (closed) {
          throw new IllegalStateException("Cannot close a pin twice");
        }
        closed = true;
        open.decrementAndGet();
      }
    };
  }

  private synchronized Tiling tiling(Fold fold, Coverage coverage) {
    List<Segment> segments = new ArrayList<>();
    for (Coverage piece : RandomCoverages.pieces(random, coverage, 1 + random.nextInt(4))) {
      LiveSegment live = new ReferenceEngine().open(fold);
      for (Rows rows : history.chunks(piece)) {
        live.add(rows);
      }
      segments.add(live.seal());
    }
    return Tiling.of(fold, coverage, segments);
  }
}
