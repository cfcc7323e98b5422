// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Range;
import org.anabranch.view.Rejection;
import org.anabranch.view.Rows;
import org.anabranch.view.TextVector;
import org.anabranch.view.Vector;

/** The rejected events of a stream with their bytes, and what positions they account for. */
public final class Quarantine {
  /** The columns of a rejected event. */
  public static final org.anabranch.view.Schema SCHEMA = LakeSchema.QUARANTINE;

  private final PositionedTable rows;
  private final LakeTable master;

  Quarantine(PositionedTable rows, LakeTable master) {
    this.rows = rows;
    this.master = master;
  }

  /** The positions of which all rejected events are here. */
  public Coverage coverage() {
    return PositionedTable.coverage(rows.table().read());
  }

  /**
   * Appends rejected events and what they account for in one commit, under the rules of {@link
   * MasterDataset#append}.
   */
  public Appended append(String commitId, Coverage coverage, List<Quarantined> events)
      throws IOException {
    Map<Lane, List<Quarantined>> lanes = new HashMap<>();
    events.forEach(
        event -> lanes.computeIfAbsent(event.lane(), lane -> new ArrayList<>()).add(event));
    List<Rows> chunks = new ArrayList<>();
    for (List<Quarantined> lane : lanes.values()) {
      lane.sort(Comparator.comparingLong(Quarantined::position));
      chunks.add(rows(lane));
    }
    StreamState state = StreamState.of(master.read().properties());
    ArchiveBatch batch =
        new ArchiveBatch(commitId, coverage, chunks, Map.of(), Map.of(), state.latestVersion());
    return rows.append(batch, base -> StreamState.of(master.read().properties()));
  }

  private static Rows rows(List<Quarantined> events) {
    int size = events.size();
    Range range = new Range(events.get(0).position(), events.get(size - 1).position() + 1);
    long[] positions = new long[size];
    long[] appendedAt = new long[size];
    List<Vector> vectors = new ArrayList<>();
    for (int column = 0; column < LakeSchema.QUARANTINE.size(); column++) {
      vectors.add(new TextVector(size));
    }
    for (int row = 0; row < size; row++) {
      Quarantined event = events.get(row);
      positions[row] = event.position();
      appendedAt[row] = event.appendedAt();
      ((TextVector) vectors.get(0)).appendUtf8(event.bytes(), 0, event.bytes().length);
      ((TextVector) vectors.get(1)).appendString(event.contentType());
      ((TextVector) vectors.get(2)).appendString(event.rejection().code());
      ((TextVector) vectors.get(3)).appendString(event.rejection().column());
      ((TextVector) vectors.get(4)).appendString(event.rejection().reason());
    }
    return new Rows(
        LakeSchema.QUARANTINE, events.get(0).lane(), range, positions, appendedAt, vectors, size);
  }

  /** Reads the rejected events of exactly the wanted positions. */
  public EventsReader read(Coverage wanted) {
    return new EventsReader(rows.scan(wanted, LakeSchema.QUARANTINE));
  }

  /** How many events of the wanted positions were rejected. */
  public long count(Coverage wanted) throws IOException {
    long count = 0;
    try (RowsScan scan = rows.scan(wanted, new org.anabranch.view.Schema(List.of()))) {
      for (Rows chunk = scan.next(); chunk != null; chunk = scan.next()) {
        count += chunk.size();
      }
    }
    return count;
  }

  /**
   * Keeps the files of what is covered now, for a reader of its own.
   *
   * @throws org.anabranch.view.DamagedException if one of them is not what was written
   */
  public Pin pin() {
    return rows.pin();
  }

  /** A run of rejected events. */
  public static final class EventsReader implements AutoCloseable {
    private final RowsScan scan;

    private EventsReader(RowsScan scan) {
      this.scan = scan;
    }

    /** The next events, at least one, or null after the last. */
    public List<Quarantined> next() throws IOException {
      Rows rows = scan.next();
      while (rows != null && rows.size() == 0) {
        rows = scan.next();
      }
      return rows == null ? null : events(rows);
    }

    private static List<Quarantined> events(Rows rows) {
      List<Quarantined> events = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        TextVector bytes = (TextVector) rows.column(0);
        int start = bytes.start(row);
        events.add(
            new Quarantined(
                rows.lane(),
                rows.position(row),
                rows.appendedAt(row),
                Arrays.copyOfRange(bytes.bytes(), start, start + bytes.length(row)),
                text(rows, 1, row),
                new Rejection(text(rows, 2, row), text(rows, 3, row), text(rows, 4, row))));
      }
      return events;
    }

    private static String text(Rows rows, int column, int row) {
      return ((TextVector) rows.column(column)).getString(row);
    }

    @Override
    public void close() throws IOException {
      scan.close();
    }
  }
}
