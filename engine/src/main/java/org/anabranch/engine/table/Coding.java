// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import java.util.Arrays;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.Values;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.StateWriter;
import org.anabranch.view.accumulator.ValueBytes;
import org.anabranch.view.segment.KeyCodec;

/**
 * How values of a type become single longs, equal exactly if the values are: numbers by their bits,
 * texts and wide decimals by a code of a dictionary. {@link #NULL} stands for null.
 */
public abstract class Coding {
  public static final long NULL = Long.MIN_VALUE;

  private long[] scratch = new long[0];

  private Coding() {}

  public static Coding of(Type type) {
    if (type.kind() == Type.Kind.VARCHAR) {
      return new Texts();
    }
    if (type.kind() == Type.Kind.DOUBLE) {
      return new Doubles();
    }
    return type.isWideDecimal() ? new Decimals() : new Longs(hasSpare(type));
  }

  private static boolean hasSpare(Type type) {
    return switch (type.kind()) {
      case BOOLEAN, INTEGER, DECIMAL, MONTHS_INTERVAL -> true;
      default -> false;
    };
  }

  /** Whether no value is coded as {@link #NULL}. */
  public boolean hasSpareForNull() {
    return true;
  }

  /** The codes of the selected rows, by row: the values' own array, or one that is reused. */
  public final long[] code(Values values, Selection selection) {
    long[] own = direct(values);
    if (own != null && !values.anyNull()) {
      return own;
    }
    int n = selection.count();
    int needed = n == 0 ? 0 : selection.rows()[n - 1] + 1;
    if (scratch.length < needed) {
      scratch = new long[needed];
    }
    fill(values, selection, scratch);
    if (values.anyNull()) {
      markNulls(values.nulls(), selection);
    }
    return scratch;
  }

  private void markNulls(boolean[] nulls, Selection selection) {
    int[] rows = selection.rows();
    for (int i = 0, n = selection.count(); i < n; i++) {
      if (nulls[rows[i]]) {
        scratch[rows[i]] = NULL;
      }
    }
  }

  /** The values' array if it holds the codes. */
  long[] direct(Values values) {
    return null;
  }

  /** Sets the codes of the selected rows that are not null; the others do not matter. */
  abstract void fill(Values values, Selection selection, long[] codes);

  /** Writes the value of a code that is not null as part of a key. */
  public abstract void putKey(long code, StateWriter out);

  /** Writes the value of a code as part of a state. */
  public abstract void putState(long code, StateWriter out);

  /** Sorts different codes by their values. */
  public abstract void sort(long[] codes, int count);

  /** About how many bytes of heap this takes. */
  public long bytes() {
    return scratch.length * 8L;
  }

  private static final class Longs extends Coding {
    private final boolean spare;

    Longs(boolean spare) {
      this.spare = spare;
    }

    @Override
    public boolean hasSpareForNull() {
      return spare;
    }

    @Override
    long[] direct(Values values) {
      return values.longs();
    }

    @Override
    void fill(Values values, Selection selection, long[] codes) {
      long[] source = values.longs();
      int[] rows = selection.rows();
      for (int i = 0, n = selection.count(); i < n; i++) {
        codes[rows[i]] = source[rows[i]];
      }
    }

    @Override
    public void putKey(long code, StateWriter out) {
      KeyCodec.putLong(out, code);
    }

    @Override
    public void putState(long code, StateWriter out) {
      out.writeLong(code);
    }

    @Override
    public void sort(long[] codes, int count) {
      Arrays.sort(codes, 0, count);
    }
  }

  /** Canonical bits: there is no -0.0, so its bits are free. */
  private static final class Doubles extends Coding {
    @Override
    void fill(Values values, Selection selection, long[] codes) {
      double[] source = values.doubles();
      int[] rows = selection.rows();
      for (int i = 0, n = selection.count(); i < n; i++) {
        codes[rows[i]] = Double.doubleToLongBits(source[rows[i]] + 0.0);
      }
    }

    @Override
    public void putKey(long code, StateWriter out) {
      KeyCodec.putDouble(out, Double.longBitsToDouble(code));
    }

    @Override
    public void putState(long code, StateWriter out) {
      ValueBytes.writeDouble(Double.longBitsToDouble(code), out);
    }

    /** Negative numbers have their bits in the wrong order. */
    @Override
    public void sort(long[] codes, int count) {
      turn(codes, count);
      Arrays.sort(codes, 0, count);
      turn(codes, count);
    }

    private static void turn(long[] codes, int count) {
      for (int i = 0; i < count; i++) {
        codes[i] ^= (codes[i] >> 63) & Long.MAX_VALUE;
      }
    }
  }

  private static final class Texts extends Coding {
    private final TextDictionary dictionary = new TextDictionary();

    /** Hot kernel. */
    @Override
    void fill(Values values, Selection selection, long[] codes) {
      byte[] bytes = values.bytes();
      int[] offsets = values.offsets();
      boolean[] nulls = values.anyNull() ? values.nulls() : null;
      int[] rows = selection.rows();
      for (int i = 0, n = selection.count(); i < n; i++) {
        int row = rows[i];
        if (nulls == null || !nulls[row]) {
          codes[row] = dictionary.code(bytes, offsets[row], offsets[row + 1]);
        }
      }
    }

    @Override
    public void putKey(long code, StateWriter out) {
      int text = (int) code;
      KeyCodec.putText(out, dictionary.page(text), dictionary.start(text), dictionary.length(text));
    }

    @Override
    public void putState(long code, StateWriter out) {
      int text = (int) code;
      out.writeBlock(dictionary.page(text), dictionary.start(text), dictionary.length(text));
    }

    @Override
    public void sort(long[] codes, int count) {
      LongSort.sort(codes, count, dictionary::compare);
    }

    @Override
    public long bytes() {
      return super.bytes() + dictionary.bytes();
    }
  }

  /** Wide decimals as texts of 16 bytes, their upper sign bit flipped, which sort as they do. */
  private static final class Decimals extends Coding {
    private final TextDictionary dictionary = new TextDictionary();
    private final StateWriter number = new StateWriter(16);

    @Override
    void fill(Values values, Selection selection, long[] codes) {
      int[] rows = selection.rows();
      for (int i = 0, n = selection.count(); i < n; i++) {
        int row = rows[i];
        if (!values.isNull(row)) {
          number.clear();
          number.writeLong(values.high()[row] ^ Long.MIN_VALUE);
          number.writeLong(values.longs()[row]);
          codes[row] = dictionary.code(number.array(), 0, number.size());
        }
      }
    }

    @Override
    public void putKey(long code, StateWriter out) {
      KeyCodec.putDecimal(out, word(code, 0) ^ Long.MIN_VALUE, word(code, 8));
    }

    @Override
    public void putState(long code, StateWriter out) {
      ValueBytes.writeWide(word(code, 0) ^ Long.MIN_VALUE, word(code, 8), out);
    }

    private long word(long code, int from) {
      byte[] page = dictionary.page((int) code);
      int start = dictionary.start((int) code) + from;
      long word = 0;
      for (int i = start; i < start + 8; i++) {
        word = word << 8 | (page[i] & 0xFF);
      }
      return word;
    }

    @Override
    public void sort(long[] codes, int count) {
      LongSort.sort(codes, count, dictionary::compare);
    }

    @Override
    public long bytes() {
      return super.bytes() + dictionary.bytes();
    }
  }
}
