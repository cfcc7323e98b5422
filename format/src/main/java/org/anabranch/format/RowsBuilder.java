// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.Arrays;
import java.util.List;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Vector;

/**
 * Collects decoded events of one stream into {@link Rows}. A decoder fills the one open row in any
 * order of columns; its caller then commits the row or rolls it back. Owned by one thread.
 */
public final class RowsBuilder {
  private static final int FIRST_CAPACITY = 64;

  private final StreamDefinition stream;
  private final Schema schema;
  private final Vector[] vectors;
  private long[] positions;
  private long[] appendedAt;
  private int size;
  private long unknownFields;
  private long openUnknownFields;
  private UnknownTally names;

  public RowsBuilder(StreamDefinition stream) {
    this.stream = stream;
    this.schema = stream.rowSchema();
    this.vectors = new Vector[schema.size()];
    begin(FIRST_CAPACITY);
  }

  /** Also keeps the names of fields that no column asked for, for {@link #takeUnknown}. */
  public RowsBuilder namingUnknown() {
    names = new UnknownTally();
    return this;
  }

  /** The fields that no column asked for, of all rows committed since this was last called. */
  public UnknownFields takeUnknown() {
    return names.take();
  }

  public StreamDefinition stream() {
    return stream;
  }

  /** Committed rows since the last {@link #build}. */
  public int size() {
    return size;
  }

  /**
   * Fields that no column asked for, of the rows committed since the last {@link #build}: to be
   * read before it.
   */
  public long unknownFields() {
    return unknownFields;
  }

  /** The vectors, one a column of the row schema; the open row is row {@link #size}. */
  public List<Vector> vectors() {
    return Arrays.asList(vectors);
  }

  /** Keeps the open row, which a decoder has accepted. */
  public void commitRow(long position, long appendedAtMillis) {
    if (size == positions.length) {
      positions = Arrays.copyOf(positions, size * 2);
      appendedAt = Arrays.copyOf(appendedAt, size * 2);
    }
    positions[size] = position;
    appendedAt[size] = appendedAtMillis;
    unknownFields += openUnknownFields;
    openUnknownFields = 0;
    if (names != null) {
      names.commit();
    }
    size++;
  }

  /** Forgets whatever has been filled of the open row. */
  public void rollbackRow() {
    for (Vector vector : vectors) {
      if (vector.size() > size) {
        vector.truncate(size);
      }
    }
    openUnknownFields = 0;
    if (names != null) {
      names.rollback();
    }
  }

  /** The committed rows as a chunk that accounts for the range; the builder starts anew. */
  public Rows build(Lane lane, Range range) {
    rollbackRow();
    Rows rows = new Rows(schema, lane, range, positions, appendedAt, vectors(), size);
    begin(Math.max(FIRST_CAPACITY, size));
    return rows;
  }

  private void begin(int capacity) {
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = Vector.of(schema.column(i).type(), capacity);
    }
    positions = new long[capacity];
    appendedAt = new long[capacity];
    size = 0;
    unknownFields = 0;
    openUnknownFields = 0;
  }

  Vector vector(int column) {
    return vectors[column];
  }

  boolean isFilled(int column) {
    return vectors[column].size() > size;
  }

  void addUnknownFields(long count) {
    openUnknownFields += count;
  }

  long openUnknownFields() {
    return openUnknownFields;
  }

  boolean namesUnknown() {
    return names != null;
  }

  /** One of the fields that are counted, by its name. */
  void nameUnknown(UnknownName name) {
    names.add(name);
  }
}
