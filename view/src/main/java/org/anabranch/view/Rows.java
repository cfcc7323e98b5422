// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.List;
import java.util.Objects;
import org.anabranch.view.expression.MicroTimes;

/**
 * A columnar chunk of accepted events of one lane, and the positions it accounts for.
 *
 * <p>It accounts for every position of {@code range}, also for those without a row: rejected
 * events, transaction markers, rows left out by nobody's choice. Rows are in order of position.
 */
public final class Rows {
  private final Schema schema;
  private final Lane lane;
  private final Range range;
  private final long[] positions;
  private final long[] appendedAt;
  private final List<Vector> columns;
  private final int size;

  /**
   * @param schema the columns that are filled
   * @param lane the lane of every row
   * @param range what the chunk accounts for
   * @param positions position of each row, ascending and inside the range
   * @param appendedAt when the log took each row, in epoch milliseconds
   * @param columns one vector a column of the schema, each of {@code size} rows
   * @param size the number of rows
   */
  public Rows(
      Schema schema,
      Lane lane,
      Range range,
      long[] positions,
      long[] appendedAt,
      List<Vector> columns,
      int size) {
    this.schema = Objects.requireNonNull(schema, "schema is null");
    this.lane = Objects.requireNonNull(lane, "lane is null");
    this.range = Objects.requireNonNull(range, "range is null");
    this.positions = positions;
    this.appendedAt = appendedAt;
    this.columns = List.copyOf(columns);
    this.size = size;
    check();
  }

  private void check() {
    if (columns.size() != schema.size()) {
      throw new IllegalArgumentException(
          "Cannot make rows of " + columns.size() + " vectors for " + schema.size() + " columns");
    }
    for (Vector column : columns) {
      if (column.size() != size) {
        throw new IllegalArgumentException(
            "Cannot make " + size + " rows of a vector of " + column.size());
      }
    }
    if (positions.length < size || appendedAt.length < size) {
      throw new IllegalArgumentException("Cannot make " + size + " rows without their positions");
    }
    for (int row = 1; row < size; row++) {
      if (positions[row] <= positions[row - 1]) {
        throw new IllegalArgumentException(
            "Cannot hold position " + positions[row] + " after " + positions[row - 1]);
      }
    }
    if (size > 0 && (positions[0] < range.from() || positions[size - 1] >= range.to())) {
      throw new IllegalArgumentException(
          "Cannot hold positions " + positions[0] + " to " + positions[size - 1] + " in " + range);
    }
  }

  public Schema schema() {
    return schema;
  }

  public Lane lane() {
    return lane;
  }

  public Range range() {
    return range;
  }

  public Coverage coverage() {
    return Coverage.of(lane, range.from(), range.to());
  }

  public int size() {
    return size;
  }

  public long position(int row) {
    return positions[row];
  }

  public long appendedAt(int row) {
    return appendedAt[row];
  }

  public List<Vector> columns() {
    return columns;
  }

  public Vector column(int index) {
    return columns.get(index);
  }

  /** The same chunk with only the given rows; it accounts for the same positions. */
  public Rows select(int[] rows, int count) {
    long[] kept = new long[count];
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      kept[i] = positions[rows[i]];
      times[i] = appendedAt[rows[i]];
    }
    List<Vector> selected = columns.stream().map(column -> column.select(rows, count)).toList();
    return new Rows(schema, lane, range, kept, times, selected, count);
  }

  /** The part of this chunk from a position on; it accounts for that part's positions only. */
  public Rows from(long position) {
    int first = 0;
    while (first < size && positions[first] < position) {
      first++;
    }
    int[] rest = new int[size - first];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = first + i;
    }
    Rows kept = select(rest, rest.length);
    Range part = new Range(Math.max(range.from(), Math.min(position, range.to())), range.to());
    return new Rows(schema, lane, part, kept.positions, kept.appendedAt, kept.columns, rest.length);
  }

  /**
   * The same rows under a later version of the schema: columns by name, widened where their type is
   * wider now, null where the row is older than the column.
   */
  public Rows conform(Schema later) {
    if (later.equals(schema)) {
      return this;
    }
    List<Vector> conformed = later.columns().stream().map(this::conformed).toList();
    return new Rows(later, lane, range, positions, appendedAt, conformed, size);
  }

  private Vector conformed(Column column) {
    java.util.OptionalInt index = schema.indexOf(column.name());
    if (index.isPresent() && columns.get(index.getAsInt()).type().equals(column.type())) {
      return columns.get(index.getAsInt());
    }
    Vector vector = Vector.of(column.type(), size);
    Vector earlier = index.isPresent() ? columns.get(index.getAsInt()) : null;
    boolean finer = earlier != null && column.type().isMicros() && !earlier.type().isMicros();
    for (int row = 0; row < size; row++) {
      Object value = earlier == null ? null : earlier.get(row);
      vector.append(finer && value != null ? (Object) MicroTimes.ofMillis((Long) value) : value);
    }
    return vector;
  }
}
