// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.anabranch.view.DecimalVector;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.Type;

/**
 * Single values inside states: their bytes, their order and their hash, by type. Values that
 * compare equal have equal bytes. Text must be what UTF-8 can say: no lone surrogates.
 */
public final class ValueBytes {
  private ValueBytes() {}

  /** Writes a value that is not null. */
  public static void write(Object value, Type type, StateWriter out) {
    if (type.kind() == Type.Kind.VARCHAR) {
      byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
      out.writeBlock(utf8, 0, utf8.length);
    } else if (type.isWideDecimal()) {
      BigInteger unscaled = unscaled(value, type);
      writeWide(unscaled.shiftRight(64).longValueExact(), unscaled.longValue(), out);
    } else {
      out.writeLong(longOf(value, type));
    }
  }

  /** Writes a wide decimal from the halves of its unscaled value. */
  public static void writeWide(long high, long low, StateWriter out) {
    out.writeLong(high);
    out.writeLong(low);
  }

  /** Writes a double. */
  public static void writeDouble(double value, StateWriter out) {
    out.writeLong(longOf(value));
  }

  /** Reads a value as a Java object of the type's representation. */
  public static Object read(Type type, StateReader in) {
    return switch (type.kind()) {
      case VARCHAR -> new String(in.readBlock(), StandardCharsets.UTF_8);
      case DOUBLE -> Double.longBitsToDouble(in.readLong());
      case BOOLEAN -> in.readLong() != 0;
      case DECIMAL -> new BigDecimal(readUnscaled(type, in), type.scale());
      default -> in.readLong();
    };
  }

  /** The order of values: NaN after all numbers, text by its UTF-8 bytes, unsigned. */
  public static Comparator<Object> order(Type type) {
    return switch (type.kind()) {
      case VARCHAR -> (left, right) -> compareText((String) left, (String) right);
      case DOUBLE -> Comparator.comparing(value -> DoubleVector.canonical((Double) value));
      case BOOLEAN -> Comparator.comparing(value -> (Boolean) value);
      case DECIMAL -> Comparator.comparing(value -> (BigDecimal) value);
      default -> Comparator.comparing(value -> (Long) value);
    };
  }

  /** The one object that stands for all that are equal to it: 0.0 for -0.0, the type's scale. */
  public static Object canonical(Object value, Type type) {
    return switch (type.kind()) {
      case DOUBLE -> DoubleVector.canonical((Double) value);
      case DECIMAL -> new BigDecimal(unscaled(value, type), type.scale());
      default -> value;
    };
  }

  /** The hash of the value bytes; of text, of its UTF-8. */
  public static long hash(Object value, Type type) {
    if (type.kind() == Type.Kind.VARCHAR) {
      byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
      return Hash64.of(utf8, 0, utf8.length);
    }
    if (type.isWideDecimal()) {
      BigInteger unscaled = unscaled(value, type);
      return Hash64.of(unscaled.shiftRight(64).longValueExact(), unscaled.longValue());
    }
    return Hash64.of(longOf(value, type));
  }

  /** The unscaled value of a decimal at the scale of its type. */
  static BigInteger unscaled(Object value, Type type) {
    return ((BigDecimal) value).setScale(type.scale()).unscaledValue();
  }

  private static BigInteger readUnscaled(Type type, StateReader in) {
    return type.isWideDecimal()
        ? DecimalVector.unscaled(in.readLong(), in.readLong())
        : BigInteger.valueOf(in.readLong());
  }

  private static long longOf(Object value, Type type) {
    return switch (type.kind()) {
      case DOUBLE -> longOf((double) (Double) value);
      case BOOLEAN -> (Boolean) value ? 1 : 0;
      case DECIMAL -> unscaled(value, type).longValueExact();
      default -> (Long) value;
    };
  }

  private static long longOf(double value) {
    return Double.doubleToLongBits(DoubleVector.canonical(value));
  }

  /** UTF-8 bytes order as code points do; code units do too, but for surrogates below U+E000. */
  private static int compareText(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        int kinds = Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
        return kinds != 0 ? kinds : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
