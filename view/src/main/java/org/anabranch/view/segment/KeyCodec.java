// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.anabranch.view.DecimalVector;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.LongVector;
import org.anabranch.view.TextVector;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;
import org.anabranch.view.accumulator.StateWriter;

/**
 * Group keys as bytes whose unsigned order is the SQL order of their values, NULLS LAST, and none
 * of which is a proper prefix of another. The bytes are specified in {@code
 * docs/format/segments.md}.
 */
public final class KeyCodec {
  private static final int VALUE = 1;
  private static final int NULL = 2;

  /** Comes after every byte that may follow a complete column. */
  private static final int AFTER = 3;

  private final List<Type> types;

  public KeyCodec(List<Type> types) {
    this.types = List.copyOf(types);
  }

  public List<Type> types() {
    return types;
  }

  /** The key of values as Java objects (see {@link Type}), one a column. */
  public byte[] encode(Object... values) {
    if (values.length != types.size()) {
      throw new IllegalArgumentException(
          "Cannot make a key of " + values.length + " values for " + types.size() + " columns");
    }
    return prefix(values);
  }

  /** What every key begins with whose leading columns have these values; null stands for NULL. */
  public byte[] prefix(Object... leading) {
    if (leading.length > types.size()) {
      throw new IllegalArgumentException(
          "Cannot match " + leading.length + " values with " + types.size() + " key columns");
    }
    StateWriter out = new StateWriter();
    for (int column = 0; column < leading.length; column++) {
      put(out, types.get(column), leading[column]);
    }
    return out.toByteArray();
  }

  /** The range of the keys that begin with the given values. */
  public KeyRange startingWith(Object... leading) {
    byte[] prefix = prefix(leading);
    return leading.length == 0 ? KeyRange.ALL : new KeyRange(prefix, followedBy(prefix, AFTER));
  }

  /**
   * The range of the keys that begin with the given values and whose next column lies between two
   * bounds. A null there is between no bounds.
   */
  public KeyRange between(List<?> leading, Bound lower, Bound upper) {
    byte[] prefix = prefix(leading.toArray());
    if (leading.size() == types.size()) {
      throw new IllegalArgumentException("Cannot bound a column after the last of " + types.size());
    }
    Type type = types.get(leading.size());
    byte[] from = followedBy(prefix, VALUE);
    if (lower.value() != null) {
      from = bounded(prefix, type, lower, !lower.inclusive());
    }
    byte[] to = followedBy(prefix, NULL);
    if (upper.value() != null) {
      to = bounded(prefix, type, upper, upper.inclusive());
    }
    return new KeyRange(from, to);
  }

  private static byte[] bounded(byte[] prefix, Type type, Bound bound, boolean afterEqual) {
    StateWriter out = new StateWriter();
    out.writeBytes(prefix, 0, prefix.length);
    put(out, type, bound.value());
    if (afterEqual) {
      out.writeByte(AFTER);
    }
    return out.toByteArray();
  }

  private static byte[] followedBy(byte[] prefix, int last) {
    byte[] longer = Arrays.copyOf(prefix, prefix.length + 1);
    longer[prefix.length] = (byte) last;
    return longer;
  }

  /**
   * One end of a range of values.
   *
   * @param value as a Java object, null where the range is open
   * @param inclusive whether the value itself is inside
   */
  public record Bound(Object value, boolean inclusive) {
    public static final Bound OPEN = new Bound(null, false);

    public static Bound including(Object value) {
      return new Bound(value, true);
    }

    public static Bound excluding(Object value) {
      return new Bound(value, false);
    }
  }

  /** The values of a key as Java objects. The buffer is not moved. */
  public Object[] decode(ByteBuffer key) {
    ByteBuffer in = key.duplicate();
    Object[] values = new Object[types.size()];
    for (int column = 0; column < values.length; column++) {
      values[column] = read(in, types.get(column));
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(
          "Cannot read a key of " + types + ": " + in.remaining() + " bytes are left over");
    }
    return values;
  }

  public Object[] decode(byte[] key) {
    return decode(ByteBuffer.wrap(key));
  }

  /** Writes one column's value, a Java object or null. */
  public static void put(StateWriter out, Type type, Object value) {
    if (value == null) {
      putNull(out);
    } else if (value instanceof String text) {
      byte[] utf8 = utf8(text);
      putText(out, utf8, 0, utf8.length);
    } else if (value instanceof Double number) {
      putDouble(out, number);
    } else if (value instanceof BigDecimal decimal) {
      putDecimal(out, type, decimal.setScale(type.scale()).unscaledValue());
    } else {
      putLong(out, value instanceof Boolean truth ? (truth ? 1 : 0) : (Long) value);
    }
  }

  /** Writes one row of a vector. */
  public static void put(StateWriter out, Vector column, int row) {
    if (column.isNull(row)) {
      putNull(out);
    } else if (column instanceof LongVector longs) {
      putLong(out, longs.getLong(row));
    } else if (column instanceof DoubleVector doubles) {
      putDouble(out, doubles.getDouble(row));
    } else if (column instanceof DecimalVector decimals) {
      putDecimal(out, decimals.high()[row], decimals.low()[row]);
    } else {
      TextVector text = (TextVector) column;
      putText(out, text.bytes(), text.start(row), text.length(row));
    }
  }

  public static void putNull(StateWriter out) {
    out.writeByte(NULL);
  }

  /** Writes a value of a type for which {@link Type#isLong} holds. */
  public static void putLong(StateWriter out, long value) {
    out.writeByte(VALUE);
    out.writeLong(value ^ Long.MIN_VALUE);
  }

  public static void putDouble(StateWriter out, double value) {
    out.writeByte(VALUE);
    long bits = Double.doubleToLongBits(DoubleVector.canonical(value));
    out.writeLong(bits ^ (bits >> 63 | Long.MIN_VALUE));
  }

  /** Writes a wide decimal: the unscaled value as 128 bit two's complement. */
  public static void putDecimal(StateWriter out, long high, long low) {
    out.writeByte(VALUE);
    out.writeLong(high ^ Long.MIN_VALUE);
    out.writeLong(low);
  }

  /** Writes text that the caller knows to be valid UTF-8. */
  public static void putText(StateWriter out, byte[] utf8, int from, int length) {
    out.writeByte(VALUE);
    int end = from + length;
    int start = from;
    for (int i = from; i < end; i++) {
      if (utf8[i] == 0) {
        out.writeBytes(utf8, start, i + 1 - start);
        out.writeByte(0xFF);
        start = i + 1;
      }
    }
    out.writeBytes(utf8, start, end - start);
    out.writeByte(0);
    out.writeByte(0);
  }

  private static void putDecimal(StateWriter out, Type type, BigInteger unscaled) {
    if (type.isWideDecimal()) {
      putDecimal(out, unscaled.shiftRight(64).longValueExact(), unscaled.longValue());
    } else {
      putLong(out, unscaled.longValueExact());
    }
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] utf8 = new byte[bytes.remaining()];
      bytes.get(utf8);
      return utf8;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "Cannot make a key of text with half a surrogate pair: '" + text + "'", e);
    }
  }

  private static Object read(ByteBuffer in, Type type) {
    int marker = in.get();
    if (marker == NULL) {
      return null;
    }
    if (marker != VALUE) {
      throw new IllegalArgumentException("Cannot read a key: a column starts with " + marker);
    }
    if (type.isWideDecimal()) {
      long high = in.getLong() ^ Long.MIN_VALUE;
      return new BigDecimal(DecimalVector.unscaled(high, in.getLong()), type.scale());
    }
    return switch (type.kind()) {
      case VARCHAR -> readText(in);
      case DOUBLE -> readDouble(in.getLong());
      case BOOLEAN -> (in.getLong() ^ Long.MIN_VALUE) != 0;
      case DECIMAL -> BigDecimal.valueOf(in.getLong() ^ Long.MIN_VALUE, type.scale());
      default -> in.getLong() ^ Long.MIN_VALUE;
    };
  }

  private static double readDouble(long ordered) {
    return Double.longBitsToDouble(ordered ^ (~ordered >> 63 | Long.MIN_VALUE));
  }

  private static String readText(ByteBuffer in) {
    StateWriter text = new StateWriter();
    while (true) {
      byte next = in.get();
      if (next == 0 && in.get() == 0) {
        return new String(text.array(), 0, text.size(), StandardCharsets.UTF_8);
      }
      text.writeByte(next);
    }
  }
}
