// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.MemoryPublisher;
import org.anabranch.view.RandomFolds;
import org.anabranch.view.RandomRows;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Manifest;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StaleException;
import org.anabranch.view.Standing;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.Tiling;
import org.anabranch.view.TilingSource;
import org.anabranch.view.UnansweredException;
import org.anabranch.view.reference.ReferenceEngine;

/** A stream on the heap whose speed layer has published all of a random history in pieces. */
final class FakeStream implements BatchStream {
  static final ReferenceEngine ENGINE = new ReferenceEngine();

  final MemoryHistory history;
  final Fold fold;
  final MemoryPublisher published = new MemoryPublisher();
  Coverage lake;
  int heldCuts;

  /** Below it lies what no merge may join with what is above; null where nothing is held. */
  Coverage heldCut;

  /** How many publications are made without an answer. */
  int lostAnswers;

  /** How many publications lose to another publisher first. */
  int overtaken;

  FakeStream(Random random) throws IOException {
    this(random, () -> Origin.SPEED);
  }

  /** One whose pieces say of themselves who made them. */
  FakeStream(Random random, Supplier<Origin> origins) throws IOException {
    this.history = RandomRows.history(random, 150);
    this.fold = new RandomFolds(history.schema(), random).next();
    this.lake = history.coverage();
    for (Rows rows : history.chunks(history.coverage())) {
      Segment piece = ENGINE.fold(fold, history, rows.coverage());
      published.publish(
          new Change(
              List.of(new Addition(piece, origins.get())), java.util.Set.of(), Map.of(), Map.of()));
    }
  }

  Segment direct() throws IOException {
    return ENGINE.fold(fold, history, history.coverage());
  }

  Tiling tiling() {
    return Tiling.of(fold, history.coverage(), published.segments(fold.identity()));
  }

  @Override
  public long stateBudget() {
    return 1 << 20;
  }

  @Override
  public String name() {
    return "s";
  }

  @Override
  public List<Fold> folds() {
    return List.of(fold);
  }

  @Override
  public String viewsOf(Fold asked) {
    return "v";
  }

  @Override
  public Cut cut() {
    heldCuts++;
    SortedMap<Lane, LaneLedger> lanes = new TreeMap<>();
    long accepted = 0;
    for (Rows rows : history.chunks(history.coverage())) {
      accepted += rows.size();
    }
    long all = accepted;
    history
        .coverage()
        .ends()
        .forEach(
            (lane, end) ->
                lanes.put(lane, new LaneLedger(end, lanes.isEmpty() ? all : 0, 0, 0, 0, 0)));
    Standing standing =
        new Standing("s", history.coverage(), Coverage.EMPTY, new StreamLedger(lanes), 0);
    return new Cut() {
      private final Tiling tiling = tiling();

      @Override
      public TilingSource.Pinned pinned() {
        return new TilingSource.Pinned() {
          @Override
          public Tiling tiling(Fold asked) {
            return tiling;
          }

          @Override
          public Standing standing() {
            return standing;
          }

          @Override
          public void close() {}
        };
      }

      @Override
      public void close() {
        heldCuts--;
      }
    };
  }

  @Override
  public void hurryLake() {}

  @Override
  public History lake() {
    return new History() {
      @Override
      public Coverage coverage() {
        return lake;
      }

      @Override
      public RowsReader read(Coverage wanted, List<String> columns) {
        return history.read(wanted, columns);
      }
    };
  }

  @Override
  public Segment open(Entry entry) {
    return published.segment(entry.id());
  }

  @Override
  public List<Boolean> sides(Coverage coverage) {
    return heldCut == null ? List.of() : List.of(heldCut.containsAll(coverage));
  }

  @Override
  public Manifest manifest() {
    return published.manifest();
  }

  @Override
  public Manifest publish(Change change) throws IOException {
    if (overtaken > 0) {
      overtaken--;
      throw new StaleException("a checkpoint was first");
    }
    Manifest done = published.publish(change);
    if (lostAnswers > 0) {
      lostAnswers--;
      throw new UnansweredException(new IOException("the answer was lost"));
    }
    return done;
  }
}
