// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.anabranch.view.BoundedFold;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.Step;

/**
 * {@code segment = fold(history, coverage)}, for several folds from one reading of the history:
 * what batch runs, replays and recovery have in common. One step folds one chunk.
 */
public final class HistoryFold implements Step, AutoCloseable {
  private final History history;
  private final List<BoundedFold> parts;
  private final Coverage wanted;
  private History.RowsReader reader;
  private long rows;
  private long positions;
  private boolean done;

  /**
   * @param stateBudget about how many bytes of heap the state of each fold may take
   */
  public HistoryFold(
      Engine engine, History history, List<Fold> folds, Coverage wanted, long stateBudget) {
    this.history = history;
    this.wanted = wanted;
    this.parts =
        folds.stream().map(fold -> new BoundedFold(engine, fold, stateBudget / 2)).toList();
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
    parts.forEach(part -> part.add(chunk));
    rows += chunk.size();
    positions += chunk.range().length();
    return Math.max(1, chunk.size());
  }

  private List<String> columns() {
    Set<String> names = new LinkedHashSet<>();
    parts.forEach(part -> names.addAll(part.fold().columns()));
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
    return parts.stream().map(BoundedFold::seal).toList();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
