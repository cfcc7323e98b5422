// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;

/**
 * A scan of a coverage over data files in order of appending. The chunks of one lane come in order
 * of position; where no file accounts for a wanted position, a chunk without rows does.
 */
final class RowsScan implements History.RowsReader {
  private final Iterator<Path> files;
  private final Coverage wanted;
  private final Schema schema;
  private final int[] ids;
  private final int chunkRows;
  private final DataFileCheck check;
  private final Runnable onClose;
  private final Deque<Rows> ready = new ArrayDeque<>();
  private Coverage given = Coverage.EMPTY;
  private RowsFileReader reader;
  private RowsFileReader.Walk walk;
  private Iterator<Run> runs = List.<Run>of().iterator();
  private boolean ended;

  RowsScan(
      List<Path> files,
      Coverage wanted,
      Schema schema,
      int[] ids,
      int chunkRows,
      DataFileCheck check,
      Runnable onClose) {
    this.files = files.iterator();
    this.wanted = wanted;
    this.schema = schema;
    this.ids = ids;
    this.chunkRows = chunkRows;
    this.check = check;
    this.onClose = onClose;
  }

  @Override
  public Rows next() throws IOException {
    while (ready.isEmpty() && !ended) {
      advance();
    }
    return ready.poll();
  }

  private void advance() throws IOException {
    if (walk != null) {
      walk = walk.step(this::give) ? walk : null;
    } else if (runs.hasNext()) {
      Run run = runs.next();
      walk = RowsFileReader.wanted(run, wanted).isEmpty() ? null : reader.walk(run, wanted);
    } else if (files.hasNext()) {
      openNext();
    } else {
      closeReader();
      giveEmpty(wanted.minus(given));
      ended = true;
    }
  }

  private void openNext() throws IOException {
    closeReader();
    Path file = files.next();
    check.require(file);
    reader = new RowsFileReader(file, schema, ids, chunkRows);
    runs = reader.runs().iterator();
  }

  /** Gives a chunk out, before it the wanted positions of its lane below it that nobody has. */
  private void give(Rows rows) {
    Coverage before = Coverage.of(rows.lane(), 0, rows.range().from());
    Coverage missing = wanted.intersect(before).minus(given);
    giveEmpty(missing);
    given = given.plus(rows.coverage());
    ready.add(rows);
  }

  private void giveEmpty(Coverage positions) {
    positions
        .ranges()
        .forEach((lane, ranges) -> ranges.forEach(range -> ready.add(empty(lane, range))));
    given = given.plus(positions);
  }

  private Rows empty(Lane lane, Range range) {
    return RowsFileReader.empty(schema, new Run(lane, 0, 0, List.of(range)), range);
  }

  private void closeReader() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  @Override
  public void close() throws IOException {
    ended = true;
    ready.clear();
    onClose.run();
    closeReader();
  }
}
