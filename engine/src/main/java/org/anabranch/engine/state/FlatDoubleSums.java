// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.accumulator.ExactDoubleSum;
import org.anabranch.view.accumulator.StateReader;
import org.anabranch.view.accumulator.StateWriter;

/**
 * Exact sums of finite doubles as three longs each, without an object: a head, and a 128-bit
 * integer, lower half first, that counts units of 2^exponent.
 *
 * <pre>
 *   head: exponent &lt;&lt; 1            sum = high:low * 2^exponent, below 2^126 units
 *   head: 1                        the sum is the object number low, exact for any range
 * </pre>
 *
 * A sum that outgrows its window becomes an {@link ExactDoubleSum} and stays one. The bytes do not
 * depend on the form.
 */
final class FlatDoubleSums {
  static final int WORDS = 3;

  /** A sum of this many bits at most leaves room for adding another. */
  private static final int LIMIT = 126;

  private static final long FRACTION = (1L << 52) - 1;
  private static final long SPILLED = 1;

  private final List<ExactDoubleSum> spilled = new ArrayList<>();

  /** Hot kernel. Adds a finite number: its 53 bits shifted by less than 64 fit without a look. */
  void add(long[] page, int at, double value) {
    long bits = Double.doubleToRawLongBits(value);
    int biased = (int) (bits >>> 52) & 0x7FF;
    long mantissa = biased == 0 ? bits & FRACTION : (bits & FRACTION) | (FRACTION + 1);
    long signed = bits < 0 ? -mantissa : mantissa;
    int exponent = Math.max(1, biased) - 1075;
    long head = page[at];
    int shift = exponent - (int) (head >> 1);
    if (shift >>> 6 == 0 && head != SPILLED) {
      long low = page[at + 1] + (signed << shift);
      long carry = Long.compareUnsigned(low, page[at + 1]) < 0 ? 1 : 0;
      long high = page[at + 2] + ((signed >> (63 - shift)) >> 1) + carry;
      if ((high ^ (high << 1)) >= 0) {
        page[at + 1] = low;
        page[at + 2] = high;
        return;
      }
    }
    if (mantissa != 0 && !addUnits(page, at, signed >> 63, signed, exponent)) {
      spill(page, at).add(value);
    }
  }

  /** Hot kernel. Adds the exact square of a finite number. */
  void addSquare(long[] page, int at, double value) {
    long bits = Double.doubleToRawLongBits(value);
    int biased = (int) (bits >>> 52) & 0x7FF;
    long mantissa = biased == 0 ? bits & FRACTION : (bits & FRACTION) | (FRACTION + 1);
    if (mantissa == 0) {
      return;
    }
    int zeros = Long.numberOfTrailingZeros(mantissa);
    long odd = mantissa >>> zeros;
    int exponent = 2 * (Math.max(1, biased) - 1075 + zeros);
    if (!addUnits(page, at, Math.multiplyHigh(odd, odd), odd * odd, exponent)) {
      spill(page, at).addSquare(value);
    }
  }

  /** Adds high:low * 2^exponent, or changes nothing of value and says that it does not fit. */
  private boolean addUnits(long[] page, int at, long high, long low, int exponent) {
    long head = page[at];
    if (head == SPILLED) {
      return false;
    }
    if ((page[at + 1] | page[at + 2]) == 0) {
      head = (long) exponent << 1;
      page[at] = head;
    }
    int shift = exponent - (int) (head >> 1);
    if (shift < 0) {
      if (!refine(page, at, -shift)) {
        return false;
      }
      shift = 0;
    }
    if (shift > 0 && bitLength(high, low) + shift > LIMIT) {
      return false;
    }
    long addedLow = shift >= 64 ? 0 : low << shift;
    long addedHigh = shiftedHigh(high, low, shift);
    long newLow = page[at + 1] + addedLow;
    long carry = Long.compareUnsigned(newLow, addedLow) < 0 ? 1 : 0;
    long newHigh = page[at + 2] + addedHigh + carry;
    if ((newHigh ^ (newHigh << 1)) < 0) {
      return false;
    }
    page[at + 1] = newLow;
    page[at + 2] = newHigh;
    return true;
  }

  /** Makes the unit smaller by a power of two, if the sum still fits. */
  private static boolean refine(long[] page, int at, int shift) {
    long low = page[at + 1];
    long high = page[at + 2];
    if (bitLength(high, low) + shift > LIMIT) {
      return false;
    }
    page[at + 1] = shift >= 64 ? 0 : low << shift;
    page[at + 2] = shiftedHigh(high, low, shift);
    page[at] -= (long) shift << 1;
    return true;
  }

  /** The object that keeps the sum from now on. */
  private ExactDoubleSum spill(long[] page, int at) {
    if (page[at] == SPILLED) {
      return spilled.get((int) page[at + 1]);
    }
    StateWriter bytes = new StateWriter();
    encode(page, at, bytes);
    ExactDoubleSum sum = ExactDoubleSum.decode(new StateReader(bytes.toByteArray()));
    page[at] = SPILLED;
    page[at + 1] = spilled.size();
    page[at + 2] = 0;
    spilled.add(sum);
    return sum;
  }

  /** Writes the sum as an odd integer and a power of two. */
  void encode(long[] page, int at, StateWriter out) {
    long low = page[at + 1];
    long high = page[at + 2];
    if (page[at] == SPILLED) {
      spilled.get((int) low).encode(out);
    } else if ((low | high) == 0) {
      writeInteger(0, 0, out);
    } else {
      int zeros =
          low == 0 ? 64 + Long.numberOfTrailingZeros(high) : Long.numberOfTrailingZeros(low);
      writeInteger(zeros >= 64 ? high >> 63 : high >> zeros, shiftedDown(high, low, zeros), out);
      long exponent = (page[at] >> 1) + zeros;
      out.writeVarint((exponent << 1) ^ (exponent >> 63));
    }
  }

  long bytes() {
    return spilled.size() * 200L;
  }

  private static void writeInteger(long high, long low, StateWriter out) {
    int length = bitLength(high, low) / 8 + 1;
    out.writeVarint(length);
    for (int i = length - 1; i >= 0; i--) {
      out.writeByte((int) ((i >= 8 ? high : low) >>> (8 * (i & 7))));
    }
  }

  private static long shiftedDown(long high, long low, int zeros) {
    if (zeros >= 64) {
      return high >> (zeros - 64);
    }
    return zeros == 0 ? low : (low >>> zeros) | (high << (64 - zeros));
  }

  private static long shiftedHigh(long high, long low, int shift) {
    if (shift >= 64) {
      return low << (shift - 64);
    }
    return shift == 0 ? high : (high << shift) | (low >>> (64 - shift));
  }

  /** The least b with -2^b <= value < 2^b. */
  private static int bitLength(long high, long low) {
    return high == low >> 63
        ? 64 - Long.numberOfLeadingZeros(low ^ (low >> 63))
        : 128 - Long.numberOfLeadingZeros(high ^ (high >> 63));
  }
}
