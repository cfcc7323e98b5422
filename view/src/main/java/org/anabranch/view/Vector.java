// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Arrays;

/**
 * One column of {@link Rows}: values of one type, some of them null. A vector grows at its end
 * while its single owner fills it and is read-only afterwards, by convention and not by copy. The
 * slot of a null holds an unspecified value.
 */
public abstract sealed class Vector permits LongVector, DoubleVector, DecimalVector, TextVector {
  private final Type type;
  private boolean[] nulls;
  private boolean anyNull;
  private int size;

  Vector(Type type) {
    this.type = type;
    this.nulls = new boolean[0];
  }

  /** An empty vector of the class that holds the type. */
  public static Vector of(Type type, int capacity) {
    if (type.kind() == Type.Kind.DOUBLE) {
      return new DoubleVector(capacity);
    }
    if (type.kind() == Type.Kind.VARCHAR) {
      return new TextVector(capacity);
    }
    return type.isWideDecimal()
        ? new DecimalVector(type, capacity)
        : new LongVector(type, capacity);
  }

  public final Type type() {
    return type;
  }

  public final int size() {
    return size;
  }

  public final boolean isNull(int row) {
    return anyNull && row < nulls.length && nulls[row];
  }

  /** Whether any row may be null. */
  public final boolean hasNulls() {
    return anyNull;
  }

  public final void appendNull() {
    appendPlaceholder();
    markNull(size - 1);
  }

  /** Makes an appended row null. */
  public final void markNull(int row) {
    if (row >= nulls.length) {
      nulls = Arrays.copyOf(nulls, Math.max(row + 1, Math.max(16, size * 2)));
    }
    nulls[row] = true;
    anyNull = true;
  }

  /** Forgets all rows from the given one on. */
  public final void truncate(int rows) {
    if (rows >= size) {
      return;
    }
    if (rows < nulls.length) {
      Arrays.fill(nulls, rows, Math.min(size, nulls.length), false);
    }
    size = rows;
    truncated(size);
  }

  /** The value as a Java object (see {@link Type}), null for null: for the reference, not hot. */
  public final Object get(int row) {
    if (row < 0 || row >= size) {
      throw new IndexOutOfBoundsException("Cannot read row " + row + " of " + size);
    }
    return isNull(row) ? null : value(row);
  }

  /** Appends a Java object of the type's representation, or null. */
  public final void append(Object value) {
    if (value == null) {
      appendNull();
    } else {
      appendValue(value);
    }
  }

  /** Appends one row of another vector of the same type. */
  public abstract void appendFrom(Vector source, int row);

  /** A new vector of the given rows, in that order. */
  public final Vector select(int[] rows, int count) {
    Vector selected = of(type, count);
    for (int i = 0; i < count; i++) {
      selected.appendFrom(this, rows[i]);
    }
    return selected;
  }

  abstract Object value(int row);

  abstract void appendValue(Object value);

  abstract void appendPlaceholder();

  void truncated(int rows) {}

  final void grown() {
    size++;
  }
}
