// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.anabranch.view.Column;
import org.anabranch.view.DecimalVector;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.LongVector;
import org.anabranch.view.TextVector;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A column of a Parquet file that is not ours: which type it has here and how its values become
 * that type, exactly or not at all.
 */
record ForeignColumn(Column column, ColumnDecoder.Value value) {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long JULIAN_EPOCH_DAY = 2_440_588;
  private static final int UNSIGNED_LONG_DIGITS = 20;

  static ForeignColumn of(PrimitiveType stored) {
    LogicalTypeAnnotation logical = stored.getLogicalTypeAnnotation();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal(stored, decimal);
    }
    return switch (stored.getPrimitiveTypeName()) {
      case BOOLEAN -> plain(stored, Type.BOOLEAN);
      case INT32 -> int32(stored, logical);
      case INT64 -> int64(stored, logical);
      case INT96 -> of(stored, Type.VARCHAR, ForeignColumn::appendInt96);
      case FLOAT ->
          of(stored, Type.DOUBLE, (in, out) -> ((DoubleVector) out).appendDouble(in.getFloat()));
      case DOUBLE -> plain(stored, Type.DOUBLE);
      case BINARY -> binary(stored, logical);
      case FIXED_LEN_BYTE_ARRAY -> fixed(stored, logical);
    };
  }

  private static ForeignColumn of(PrimitiveType stored, Type type, ColumnDecoder.Value value) {
    return new ForeignColumn(ParquetRows.column(stored, type), value);
  }

  private static ForeignColumn plain(PrimitiveType stored, Type type) {
    return of(stored, type, ColumnDecoder.value(stored, type));
  }

  private static LakeException unsupported(PrimitiveType stored) {
    return new LakeException("'" + stored.getName() + "' is stored as " + stored);
  }

  private static ForeignColumn int32(PrimitiveType stored, LogicalTypeAnnotation logical) {
    if (logical instanceof DateLogicalTypeAnnotation) {
      return plain(stored, Type.DATE);
    }
    if (logical == null) {
      return plain(stored, Type.INTEGER);
    }
    if (logical instanceof IntLogicalTypeAnnotation integer) {
      return integer.isSigned() || integer.getBitWidth() < 32
          ? plain(stored, Type.INTEGER)
          : of(
              stored,
              Type.BIGINT,
              (in, out) -> ((LongVector) out).appendLong(Integer.toUnsignedLong(in.getInteger())));
    }
    throw unsupported(stored);
  }

  private static ForeignColumn int64(PrimitiveType stored, LogicalTypeAnnotation logical) {
    if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
      return time(stored, timestamp);
    }
    if (logical == null
        || (logical instanceof IntLogicalTypeAnnotation integer && integer.isSigned())) {
      return plain(stored, Type.BIGINT);
    }
    if (logical instanceof IntLogicalTypeAnnotation) {
      return of(
          stored,
          Type.decimal(UNSIGNED_LONG_DIGITS, 0),
          (in, out) -> ((DecimalVector) out).appendUnscaled(0, in.getLong()));
    }
    throw unsupported(stored);
  }

  /** Nanoseconds, which no type of ours has, are read as text: the stream says what it takes. */
  private static ForeignColumn time(PrimitiveType stored, TimestampLogicalTypeAnnotation time) {
    boolean utc = time.isAdjustedToUTC();
    Type millis = utc ? Type.INSTANT : Type.TIMESTAMP;
    return switch (time.getUnit()) {
      case MILLIS -> of(stored, millis, (in, out) -> ((LongVector) out).appendLong(in.getLong()));
      case MICROS ->
          of(stored, millis.inMicros(), (in, out) -> ((LongVector) out).appendLong(in.getLong()));
      case NANOS ->
          of(
              stored,
              Type.VARCHAR,
              (in, out) -> {
                long second = Math.floorDiv(in.getLong(), NANOS_PER_SECOND);
                int nano = Math.floorMod(in.getLong(), (int) NANOS_PER_SECOND);
                appendTime(second, nano, utc, out);
              });
    };
  }

  /** ISO 8601 with seconds and three, six or nine digits of them, none where they are zeros. */
  private static void appendTime(long second, int nano, boolean utc, Vector out) {
    String text = LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC).toString();
    boolean minutes = second % 60 == 0 && nano == 0;
    ((TextVector) out).appendString(text + (minutes ? ":00" : "") + (utc ? "Z" : ""));
  }

  /** Nanoseconds of the day and the Julian day, as old writers store times. */
  private static void appendInt96(org.apache.parquet.column.ColumnReader in, Vector out) {
    ByteBuffer bytes = ByteBuffer.wrap(in.getBinary().getBytes()).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    long day = bytes.getInt() - JULIAN_EPOCH_DAY;
    long second = TimeUnit.DAYS.toSeconds(day) + Math.floorDiv(nanos, NANOS_PER_SECOND);
    appendTime(second, Math.floorMod(nanos, (int) NANOS_PER_SECOND), false, out);
  }

  private static ForeignColumn binary(PrimitiveType stored, LogicalTypeAnnotation logical) {
    if (logical == null
        || logical instanceof StringLogicalTypeAnnotation
        || logical instanceof EnumLogicalTypeAnnotation
        || logical instanceof JsonLogicalTypeAnnotation) {
      return of(stored, Type.VARCHAR, (in, out) -> appendText(in.getBinary(), (TextVector) out));
    }
    throw unsupported(stored);
  }

  private static void appendText(Binary binary, TextVector out) {
    ByteBuffer bytes = binary.toByteBuffer();
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      if (bytes.get(i) < 0) {
        requireUtf8(bytes.duplicate());
        break;
      }
    }
    ColumnDecoder.appendText(binary, out);
  }

  private static void requireUtf8(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw new LakeException("the bytes are not UTF-8", e);
    }
  }

  private static ForeignColumn fixed(PrimitiveType stored, LogicalTypeAnnotation logical) {
    if (logical instanceof UUIDLogicalTypeAnnotation) {
      return of(
          stored,
          Type.VARCHAR,
          (in, out) -> {
            ByteBuffer bytes = in.getBinary().toByteBuffer();
            UUID uuid = new UUID(bytes.getLong(), bytes.getLong());
            ((TextVector) out).appendString(uuid.toString());
          });
    }
    throw unsupported(stored);
  }

  private static ForeignColumn decimal(PrimitiveType stored, DecimalLogicalTypeAnnotation decimal) {
    int precision = decimal.getPrecision();
    if (precision > Type.MAX_PRECISION || decimal.getScale() > precision) {
      throw unsupported(stored);
    }
    Type type = Type.decimal(precision, decimal.getScale());
    return switch (stored.getPrimitiveTypeName()) {
      case INT32, INT64 -> plain(stored, type);
      default -> of(stored, type, (in, out) -> appendUnscaled(in.getBinary(), type, out));
    };
  }

  private static void appendUnscaled(Binary binary, Type type, Vector out) {
    BigInteger unscaled = new BigInteger(binary.getBytes());
    if (unscaled.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
      throw new LakeException("the number " + unscaled + " has more digits than " + type);
    }
    if (type.isWideDecimal()) {
      ((DecimalVector) out).appendUnscaled(unscaled);
    } else {
      ((LongVector) out).appendLong(unscaled.longValueExact());
    }
  }
}
