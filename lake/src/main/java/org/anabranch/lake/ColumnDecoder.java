// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.nio.ByteBuffer;
import org.anabranch.view.DecimalVector;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.LongVector;
import org.anabranch.view.TextVector;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Hot kernel: reads one Parquet column of one row group into vectors, forwards only. */
final class ColumnDecoder {
  /** Takes the reader's current value, which is not null, to the end of a vector. */
  @FunctionalInterface
  interface Value {
    void append(ColumnReader reader, Vector target);
  }

  private final ColumnReader reader;
  private final Value value;
  private final int level;
  private long row;

  ColumnDecoder(ColumnReader reader, Value value) {
    this.reader = reader;
    this.value = value;
    this.level = reader.getDescriptor().getMaxDefinitionLevel();
  }

  /** Appends {@code count} values from the given row on, which is not behind an earlier one. */
  void read(long from, int count, Vector target) {
    ColumnReader in = reader;
    skipTo(from);
    for (int i = 0; i < count; i++) {
      if (in.getCurrentDefinitionLevel() == level) {
        value.append(in, target);
      } else {
        target.appendNull();
      }
      in.consume();
    }
    row += count;
  }

  private void skipTo(long target) {
    if (target < row) {
      throw new IllegalStateException("Cannot read row " + target + " after row " + row);
    }
    while (row < target) {
      if (reader.getCurrentDefinitionLevel() == level) {
        reader.skip();
      }
      reader.consume();
      row++;
    }
  }

  /** How a column of a data file becomes a vector of the declared type, widened where need be. */
  static Value value(PrimitiveType stored, Type type) {
    if (type.isWideDecimal()) {
      return wideDecimal(stored);
    }
    return switch (stored.getPrimitiveTypeName()) {
      case BOOLEAN -> (in, out) -> ((LongVector) out).appendLong(in.getBoolean() ? 1 : 0);
      case INT32 -> (in, out) -> ((LongVector) out).appendLong(in.getInteger());
      case INT64 -> longs(stored, type);
      case DOUBLE -> (in, out) -> ((DoubleVector) out).appendDouble(in.getDouble());
      case BINARY -> (in, out) -> appendText(in.getBinary(), (TextVector) out);
      default ->
          throw new LakeException("Cannot read a column stored as " + stored + " as " + type);
    };
  }

  private static Value longs(PrimitiveType stored, Type type) {
    return stored.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation
            && !type.isMicros()
        ? (in, out) ->
            ((LongVector) out)
                .appendLong(Math.floorDiv(in.getLong(), ColumnEncoder.MICROS_PER_MILLI))
        : (in, out) -> ((LongVector) out).appendLong(in.getLong());
  }

  private static Value wideDecimal(PrimitiveType stored) {
    return switch (stored.getPrimitiveTypeName()) {
      case INT32 -> (in, out) -> appendLong(in.getInteger(), (DecimalVector) out);
      case INT64 -> (in, out) -> appendLong(in.getLong(), (DecimalVector) out);
      default -> (in, out) -> appendUnscaled(in.getBinary(), (DecimalVector) out);
    };
  }

  private static void appendLong(long unscaled, DecimalVector out) {
    out.appendUnscaled(unscaled >> 63, unscaled);
  }

  /** Big-endian two's complement of up to 16 bytes. */
  static void appendUnscaled(Binary binary, DecimalVector out) {
    ByteBuffer bytes = binary.toByteBuffer();
    long low = bytes.get(bytes.position());
    long high = low >> 63;
    low = high;
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      high = high << 8 | low >>> 56;
      low = low << 8 | (bytes.get(i) & 0xff);
    }
    out.appendUnscaled(high, low);
  }

  static void appendText(Binary binary, TextVector out) {
    ByteBuffer bytes = binary.toByteBuffer();
    if (bytes.hasArray()) {
      out.appendUtf8(
          bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.limit() - bytes.position());
    } else {
      byte[] copy = binary.getBytes();
      out.appendUtf8(copy, 0, copy.length);
    }
  }
}
