// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Chunk;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.GapException;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;

/** The accepted rows of a stream as the log has them, decoded and judged anew. */
public final class LogHistory implements History {
  private final StreamLog log;
  private final Map<Lane, List<LaneVersion>> lanes;
  private final ReadLimits limits;
  private final Clock clock;
  private volatile Coverage coverage = Coverage.EMPTY;

  /**
   * @param lanes the lanes of the log's topic, and who owns which of their positions
   */
  public LogHistory(
      StreamLog log, Map<Lane, List<LaneVersion>> lanes, ReadLimits limits, Clock clock) {
    this.log = log;
    this.lanes = Map.copyOf(lanes);
    this.limits = limits;
    this.clock = clock;
    refresh();
  }

  /** Looks again where the log starts and ends. */
  public void refresh() {
    Map<Integer, Long> starts = log.starts();
    Map<Integer, Long> ends = log.ends();
    Coverage.Builder found = new Coverage.Builder();
    for (Lane lane : lanes.keySet()) {
      long end = ends.get(lane.partition());
      found.add(lane, new Range(Math.min(starts.get(lane.partition()), end), end));
    }
    coverage = found.build();
  }

  @Override
  public Coverage coverage() {
    return coverage;
  }

  @Override
  public RowsReader read(Coverage wanted, List<String> columns) throws IOException {
    Coverage missing = wanted.minus(coverage);
    if (!missing.isEmpty()) {
      throw GapException.of(missing);
    }
    return new Scan(wanted, projection(columns));
  }

  private Schema projection(List<String> names) {
    Schema schema = log.stream().rowSchema();
    return new Schema(
        names.stream()
            .map(
                name ->
                    schema.column(
                        schema
                            .indexOf(name)
                            .orElseThrow(
                                () ->
                                    new IllegalArgumentException(
                                        "Cannot read column '"
                                            + name
                                            + "': the stream has "
                                            + schema.names()))))
            .toList());
  }

  /** Range after range, on one reader at a time. */
  private final class Scan implements RowsReader {
    private final Schema columns;
    private final Deque<Map.Entry<Lane, Range>> open = new ArrayDeque<>();
    private LaneReader reader;
    private LaneDecoder decoder;

    Scan(Coverage wanted, Schema columns) {
      this.columns = columns;
      wanted
          .ranges()
          .forEach((lane, ranges) -> ranges.forEach(range -> open.add(Map.entry(lane, range))));
    }

    @Override
    public Rows next() {
      while (!open.isEmpty()) {
        Lane lane = open.getFirst().getKey();
        Range range = open.getFirst().getValue();
        if (reader == null) {
          reader = log.reader(lane, range.from(), -1, limits);
          decoder = new LaneDecoder(lane, log.stream(), lanes.get(lane));
        }
        if (reader.position() < range.to()) {
          return chunk(range.to()).rows().conform(columns);
        }
        open.removeFirst();
        close();
      }
      return null;
    }

    private Chunk chunk(long to) {
      return Patience.until(
          clock, () -> decoder.next(reader, to), "read from position " + reader.position());
    }

    @Override
    public void close() {
      if (reader != null) {
        reader.close();
        reader = null;
      }
    }
  }
}
