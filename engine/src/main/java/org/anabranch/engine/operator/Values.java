// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.operator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.anabranch.view.DecimalVector;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.LongVector;
import org.anabranch.view.TextVector;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;

/**
 * One value a row of a chunk, as flat arrays: hot kernels read and write the arrays directly.
 *
 * <p>Which arrays are in use depends on the type: {@link #longs} for types kept in one long; {@link
 * #doubles}; {@link #high} and {@link #longs} (the lower half) for wide decimals; {@link #bytes}
 * and {@link #offsets} for text, row r being {@code bytes[offsets[r] .. offsets[r + 1])}.
 *
 * <p>A row has a value, is null, or has an error; a row with an error counts as null too. Only rows
 * that were asked for are meaningful. Owned by the operator that fills it, until it fills it again.
 */
public final class Values {
  private static final boolean[] NO_NULLS = new boolean[0];

  private final Type type;
  private final boolean wide;
  private final boolean text;
  private final boolean floating;
  private long[] longs = new long[0];
  private long[] high = new long[0];
  private double[] doubles = new double[0];
  private byte[] bytes = new byte[0];
  private int[] offsets = new int[1];
  private int filled;
  private boolean[] ownNulls = NO_NULLS;
  private boolean[] nulls = NO_NULLS;
  private boolean anyNull;
  private String[] errors;
  private int size;

  public Values(Type type) {
    this.type = type;
    this.wide = type.isWideDecimal();
    this.text = type.kind() == Type.Kind.VARCHAR;
    this.floating = type.kind() == Type.Kind.DOUBLE;
  }

  public Type type() {
    return type;
  }

  public long[] longs() {
    return longs;
  }

  public long[] high() {
    return high;
  }

  public double[] doubles() {
    return doubles;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int[] offsets() {
    return offsets;
  }

  /** Whether {@link #nulls} is to be looked at. */
  public boolean anyNull() {
    return anyNull;
  }

  /** Which rows have no value; only to be read where {@link #anyNull}. */
  public boolean[] nulls() {
    return nulls;
  }

  public boolean isNull(int row) {
    return anyNull && nulls[row];
  }

  /** Why rows have an error; null if none has. */
  public String[] errors() {
    return errors;
  }

  public boolean isError(int row) {
    return errors != null && errors[row] != null;
  }

  /** True in the sense of SQL: not false, not null, not an error. */
  public boolean isTrue(int row) {
    return longs[row] != 0 && !isNull(row);
  }

  /** Starts a chunk: no nulls, no errors, room for every row, no text. */
  void start(int rows) {
    size = rows;
    errors = null;
    anyNull = false;
    filled = 0;
    if (text) {
      startText(rows);
    } else if (floating) {
      doubles = doubles.length < rows ? new double[rows] : doubles;
    } else {
      longs = longs.length < rows ? new long[rows] : longs;
      high = wide && high.length < rows ? new long[rows] : high;
    }
  }

  private void startText(int rows) {
    if (offsets.length <= rows) {
      offsets = new int[rows + 1];
    }
    offsets[0] = 0;
  }

  /** Shows the arrays of a column; nulls are looked up for the selected rows. */
  void show(Vector column, Selection selection) {
    size = column.size();
    errors = null;
    if (column instanceof LongVector vector) {
      longs = vector.values();
    } else if (column instanceof DoubleVector vector) {
      doubles = vector.values();
    } else if (column instanceof DecimalVector vector) {
      high = vector.high();
      longs = vector.low();
    } else if (column instanceof TextVector vector) {
      bytes = vector.bytes();
      offsets = vector.offsets();
    }
    anyNull = column.hasNulls();
    if (anyNull) {
      copyNulls(column, selection);
    }
  }

  /** Hot kernel. */
  private void copyNulls(Vector column, Selection selection) {
    roomForNulls();
    boolean[] target = nulls;
    boolean any = false;
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      boolean isNull = column.isNull(rows[i]);
      target[rows[i]] = isNull;
      any |= isNull;
    }
    anyNull = any;
  }

  /** Shows the values of another of the same storage: for conversions that change no value. */
  void show(Values other) {
    size = other.size;
    longs = other.longs;
    high = other.high;
    doubles = other.doubles;
    bytes = other.bytes;
    offsets = other.offsets;
    nulls = other.nulls;
    anyNull = other.anyNull;
    errors = other.errors;
  }

  /** Makes all rows not null at first, so that some can be marked. */
  void allowNulls() {
    if (!anyNull) {
      roomForNulls();
      Arrays.fill(nulls, 0, size, false);
      anyNull = true;
    }
  }

  private void roomForNulls() {
    if (ownNulls.length < size) {
      ownNulls = new boolean[size];
    }
    nulls = ownNulls;
  }

  void setNull(int row) {
    allowNulls();
    nulls[row] = true;
  }

  void setError(int row, String reason) {
    setNull(row);
    if (errors == null) {
      errors = new String[size];
    }
    errors[row] = reason;
  }

  /** Takes back a null or an error of a row. */
  void clear(int row) {
    if (anyNull) {
      nulls[row] = false;
      if (errors != null) {
        errors[row] = null;
      }
    }
  }

  /** Sets the text of a row larger than all rows set before. */
  void setText(int row, byte[] source, int from, int length) {
    int end = fillTo(row);
    int newEnd = Math.addExact(end, length);
    if (newEnd > bytes.length) {
      long doubled = Math.min(Integer.MAX_VALUE - 16L, Math.max(64, bytes.length * 2L));
      bytes = Arrays.copyOf(bytes, (int) Math.max(newEnd, doubled));
    }
    System.arraycopy(source, from, bytes, end, length);
    offsets[row + 1] = newEnd;
    filled = row + 1;
  }

  /** Gives the rows that were left out before the given one an empty text. */
  private int fillTo(int row) {
    int end = offsets[filled];
    while (filled < row) {
      offsets[++filled] = end;
    }
    return end;
  }

  /** Copies the value, null or error of a row. */
  void copy(int row, Values source) {
    if (source.isNull(row)) {
      if (source.isError(row)) {
        setError(row, source.errors[row]);
      } else {
        setNull(row);
      }
    } else if (text) {
      int from = source.offsets[row];
      setText(row, source.bytes, from, source.offsets[row + 1] - from);
    } else if (floating) {
      doubles[row] = source.doubles[row];
    } else {
      longs[row] = source.longs[row];
      if (wide) {
        high[row] = source.high[row];
      }
    }
  }

  /** The value as a Java object (see {@link Type}), null for null. */
  Object get(int row) {
    if (isNull(row)) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN -> longs[row] != 0;
      case DOUBLE -> doubles[row];
      case VARCHAR ->
          new String(bytes, offsets[row], offsets[row + 1] - offsets[row], StandardCharsets.UTF_8);
      case DECIMAL ->
          wide
              ? new BigDecimal(DecimalVector.unscaled(high[row], longs[row]), type.scale())
              : BigDecimal.valueOf(longs[row], type.scale());
      default -> longs[row];
    };
  }

  /** Sets a row from a Java object of the type's representation, or null. */
  void set(int row, Object value) {
    if (value == null) {
      setNull(row);
    } else if (value instanceof String string) {
      byte[] utf8 = string.getBytes(StandardCharsets.UTF_8);
      setText(row, utf8, 0, utf8.length);
    } else if (value instanceof Double number) {
      doubles[row] = DoubleVector.canonical(number);
    } else if (value instanceof BigDecimal decimal) {
      setUnscaled(row, decimal.setScale(type.scale()).unscaledValue());
    } else if (value instanceof Boolean truth) {
      longs[row] = truth ? 1 : 0;
    } else {
      longs[row] = (Long) value;
    }
  }

  private void setUnscaled(int row, BigInteger unscaled) {
    if (wide) {
      high[row] = unscaled.shiftRight(64).longValueExact();
      longs[row] = unscaled.longValue();
    } else {
      longs[row] = unscaled.longValueExact();
    }
  }

  /** All rows of a chunk as a vector; the selection must have been all of them. */
  public Vector toVector(int rows) {
    Vector vector = Vector.of(type, rows);
    for (int row = 0; row < rows; row++) {
      if (isNull(row)) {
        vector.appendNull();
      } else {
        appendTo(vector, row);
      }
    }
    return vector;
  }

  private void appendTo(Vector vector, int row) {
    if (vector instanceof TextVector texts) {
      texts.appendUtf8(bytes, offsets[row], offsets[row + 1] - offsets[row]);
    } else if (vector instanceof DoubleVector numbers) {
      numbers.appendDouble(doubles[row]);
    } else if (vector instanceof DecimalVector decimals) {
      decimals.appendUnscaled(high[row], longs[row]);
    } else {
      ((LongVector) vector).appendLong(longs[row]);
    }
  }
}
