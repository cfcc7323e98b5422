// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A history in memory, for tests: of every lane events at positions from 0, some of them not
 * accepted. It gives back chunks of random sizes, lanes in random order.
 */
public final class MemoryHistory implements History {
  private final Schema schema;
  private final Random random;
  private final int longestChunk;
  private final SortedMap<Lane, List<Object[]>> lanes = new TreeMap<>();

  public MemoryHistory(Schema schema, Random random, int longestChunk) {
    this.schema = schema;
    this.random = random;
    this.longestChunk = longestChunk;
  }

  /** Appends an event at the lane's next position; null for one that is not accepted. */
  public void append(Lane lane, Object[] row) {
    lanes.computeIfAbsent(lane, ignored -> new ArrayList<>()).add(row);
  }

  public Schema schema() {
    return schema;
  }

  @Override
  public Coverage coverage() {
    Coverage.Builder builder = new Coverage.Builder();
    lanes.forEach((lane, events) -> builder.add(lane, new Range(0, events.size())));
    return builder.build();
  }

  @Override
  public RowsReader read(Coverage wanted, List<String> columns) {
    Coverage missing = wanted.minus(coverage());
    if (!missing.isEmpty()) {
      throw GapException.of(missing);
    }
    Iterator<Rows> chunks = chunks(wanted, columns).iterator();
    return new RowsReader() {
      @Override
      public Rows next() {
        return chunks.hasNext() ? chunks.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  /** The wanted part of the history, all columns, cut and shuffled at random. */
  public List<Rows> chunks(Coverage wanted) {
    List<Rows> chunks = new ArrayList<>(chunks(wanted, schema.names()));
    Collections.shuffle(chunks, random);
    return chunks;
  }

  private List<Rows> chunks(Coverage wanted, List<String> columns) {
    List<Lane> order = new ArrayList<>(wanted.ranges().keySet());
    Collections.shuffle(order, random);
    List<Rows> chunks = new ArrayList<>();
    for (Lane lane : order) {
      for (Range range : wanted.ranges(lane)) {
        long from = range.from();
        while (from < range.to()) {
          long to = Math.min(range.to(), from + 1 + random.nextInt(longestChunk));
          chunks.add(chunk(lane, new Range(from, to), columns));
          from = to;
        }
      }
    }
    return chunks;
  }

  private Rows chunk(Lane lane, Range range, List<String> columns) {
    Schema projected =
        new Schema(
            columns.stream()
                .map(name -> schema.column(schema.indexOf(name).orElseThrow()))
                .toList());
    long[] positions = new long[(int) range.length()];
    List<Vector> vectors =
        projected.columns().stream().map(column -> Vector.of(column.type(), 1)).toList();
    int size = 0;
    for (long position = range.from(); position < range.to(); position++) {
      Object[] row = lanes.get(lane).get((int) position);
      if (row != null) {
        positions[size++] = position;
        for (int i = 0; i < vectors.size(); i++) {
          vectors.get(i).append(row[schema.indexOf(columns.get(i)).orElseThrow()]);
        }
      }
    }
    return new Rows(projected, lane, range, positions, positions, vectors, size);
  }
}
