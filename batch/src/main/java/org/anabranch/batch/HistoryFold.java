// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.Step;
import org.anabranch.view.segment.SegmentMerge;

/**
 * {@code segment = fold(history, coverage)}, for several folds from one reading of the history:
 * what batch runs, replays and recovery have in common. One step folds one chunk.
 */
public final class HistoryFold implements Step, AutoCloseable {
  /** Live state beyond this is sealed, and the parts merged at the end. */
  private static final long SEAL_BYTES = 256L << 20;

  private final Engine engine;
  private final History history;
  private final List<Part> parts;
  private final Coverage wanted;
  private History.RowsReader reader;
  private long rows;
  private long positions;
  private boolean done;

  private static final class Part {
    private final Fold fold;
    private final List<Segment> sealed = new ArrayList<>();
    private LiveSegment live;

    Part(Fold fold, LiveSegment live) {
      this.fold = fold;
      this.live = live;
    }
  }

  public HistoryFold(Engine engine, History history, List<Fold> folds, Coverage wanted) {
    this.engine = engine;
    this.history = history;
    this.wanted = wanted;
    this.parts = folds.stream().map(fold -> new Part(fold, engine.open(fold))).toList();
  }

  @Override
  public int step() throws IOException {
    if (done) {
      return 0;
    }
    if (reader == null) {
      reader = history.read(wanted, columns());
    }
    Rows chunk = reader.next();
    if (chunk == null) {
      done = true;
      return 1;
    }
    parts.forEach(part -> add(part, chunk));
    rows += chunk.size();
    positions += chunk.range().length();
    return Math.max(1, chunk.size());
  }

  private void add(Part part, Rows chunk) {
    part.live.add(chunk);
    if (part.live.stateBytes() > SEAL_BYTES) {
      part.sealed.add(part.live.seal());
      part.live = engine.open(part.fold);
    }
  }

  private List<String> columns() {
    Set<String> names = new LinkedHashSet<>();
    parts.forEach(part -> names.addAll(part.fold.columns()));
    return List.copyOf(names);
  }

  public boolean isDone() {
    return done;
  }

  /** How many rows were read so far. */
  public long rows() {
    return rows;
  }

  /** How many positions were accounted for so far, of {@link Coverage#positions} in all. */
  public long positions() {
    return positions;
  }

  public Coverage wanted() {
    return wanted;
  }

  /** The segment of each fold, in the folds' order; once. */
  public List<Segment> segments() {
    if (!done) {
      throw new IllegalStateException("Cannot take the segments of a fold that is not done");
    }
    return parts.stream().map(HistoryFold::sealed).toList();
  }

  private static Segment sealed(Part part) {
    Segment last = part.live.seal();
    if (part.sealed.isEmpty()) {
      return last;
    }
    part.sealed.add(last);
    return new SegmentMerge(part.fold).inMemory(part.sealed);
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
