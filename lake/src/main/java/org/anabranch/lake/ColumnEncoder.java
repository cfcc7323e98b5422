// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.Arrays;
import org.anabranch.view.DecimalVector;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.LongVector;
import org.anabranch.view.Rows;
import org.anabranch.view.TextVector;
import org.anabranch.view.Vector;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;

/** Hot kernel: writes rows of one vector into one Parquet column. */
abstract class ColumnEncoder {
  static final long MICROS_PER_MILLI = 1_000;

  /** Writes rows {@code from <= r < to}. */
  abstract void write(ColumnWriter out, int from, int to);

  /** The lane of every row. */
  static ColumnEncoder lane(Rows rows) {
    Binary lane = Binary.fromString(rows.lane().toString());
    return new ColumnEncoder() {
      @Override
      void write(ColumnWriter out, int from, int to) {
        for (int row = from; row < to; row++) {
          out.write(lane, 0, 0);
        }
      }
    };
  }

  static ColumnEncoder position(Rows rows) {
    return new ColumnEncoder() {
      @Override
      void write(ColumnWriter out, int from, int to) {
        for (int row = from; row < to; row++) {
          out.write(rows.position(row), 0, 0);
        }
      }
    };
  }

  static ColumnEncoder appendedAt(Rows rows) {
    return new ColumnEncoder() {
      @Override
      void write(ColumnWriter out, int from, int to) {
        for (int row = from; row < to; row++) {
          out.write(Math.multiplyExact(rows.appendedAt(row), MICROS_PER_MILLI), 0, 0);
        }
      }
    };
  }

  /** A column that the rows do not have. */
  static ColumnEncoder absent(PrimitiveType type) {
    if (type.isRepetition(Repetition.REQUIRED)) {
      throw new IllegalArgumentException(
          "Cannot write rows without column '" + type.getName() + "', which is NOT NULL");
    }
    return new ColumnEncoder() {
      @Override
      void write(ColumnWriter out, int from, int to) {
        for (int row = from; row < to; row++) {
          out.writeNull(0, 0);
        }
      }
    };
  }

  static ColumnEncoder of(PrimitiveType type, Vector vector) {
    int level = type.isRepetition(Repetition.OPTIONAL) ? 1 : 0;
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> new Booleans(vector, level);
      case INT32 -> new Ints(vector, level);
      case INT64 ->
          new Longs(
              vector,
              level,
              type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation
                      && !vector.type().isMicros()
                  ? MICROS_PER_MILLI
                  : 1);
      case DOUBLE -> new Doubles(vector, level);
      case BINARY -> new Texts(vector, level);
      case FIXED_LEN_BYTE_ARRAY -> new Decimals(vector, level, type.getTypeLength());
      default -> throw new IllegalArgumentException("Cannot write a column of " + type);
    };
  }

  /** A column with a vector: nulls are the same for all. */
  private abstract static class Valued extends ColumnEncoder {
    private final Vector vector;
    final int level;

    Valued(Vector vector, int level) {
      this.vector = vector;
      this.level = level;
    }

    abstract void value(ColumnWriter out, int row);

    @Override
    final void write(ColumnWriter out, int from, int to) {
      if (!vector.hasNulls()) {
        values(out, from, to);
        return;
      }
      for (int row = from; row < to; row++) {
        if (!vector.isNull(row)) {
          value(out, row);
        } else if (level == 0) {
          throw new IllegalArgumentException("Cannot write null into a NOT NULL column");
        } else {
          out.writeNull(0, 0);
        }
      }
    }

    void values(ColumnWriter out, int from, int to) {
      for (int row = from; row < to; row++) {
        value(out, row);
      }
    }
  }

  private static final class Booleans extends Valued {
    private final long[] values;

    Booleans(Vector vector, int level) {
      super(vector, level);
      values = ((LongVector) vector).values();
    }

    @Override
    void value(ColumnWriter out, int row) {
      out.write(values[row] != 0, 0, level);
    }
  }

  private static final class Ints extends Valued {
    private final long[] values;

    Ints(Vector vector, int level) {
      super(vector, level);
      values = ((LongVector) vector).values();
    }

    @Override
    void value(ColumnWriter out, int row) {
      out.write(Math.toIntExact(values[row]), 0, level);
    }
  }

  private static final class Longs extends Valued {
    private final long[] values;
    private final long factor;

    Longs(Vector vector, int level, long factor) {
      super(vector, level);
      this.values = ((LongVector) vector).values();
      this.factor = factor;
    }

    @Override
    void value(ColumnWriter out, int row) {
      out.write(Math.multiplyExact(values[row], factor), 0, level);
    }
  }

  private static final class Doubles extends Valued {
    private final double[] values;

    Doubles(Vector vector, int level) {
      super(vector, level);
      values = ((DoubleVector) vector).values();
    }

    @Override
    void value(ColumnWriter out, int row) {
      out.write(values[row], 0, level);
    }
  }

  private static final class Texts extends Valued {
    private final byte[] bytes;
    private final int[] offsets;

    Texts(Vector vector, int level) {
      super(vector, level);
      bytes = ((TextVector) vector).bytes();
      offsets = ((TextVector) vector).offsets();
    }

    @Override
    void value(ColumnWriter out, int row) {
      int start = offsets[row];
      out.write(Binary.fromReusedByteArray(bytes, start, offsets[row + 1] - start), 0, level);
    }
  }

  /** Unscaled values as big-endian two's complement of fixed length. */
  private static final class Decimals extends Valued {
    private final Vector vector;
    private final int length;

    Decimals(Vector vector, int level, int length) {
      super(vector, level);
      this.vector = vector;
      this.length = length;
    }

    @Override
    void value(ColumnWriter out, int row) {
      boolean wide = vector instanceof DecimalVector;
      long low = wide ? ((DecimalVector) vector).low()[row] : ((LongVector) vector).getLong(row);
      long high = wide ? ((DecimalVector) vector).high()[row] : low >> 63;
      byte[] fixed = new byte[length];
      Arrays.fill(fixed, (byte) (high >> 63));
      for (int i = 0; i < Math.min(16, length); i++) {
        long word = i < 8 ? low : high;
        fixed[length - 1 - i] = (byte) (word >> (8 * (i & 7)));
      }
      out.write(Binary.fromConstantByteArray(fixed), 0, level);
    }
  }
}
