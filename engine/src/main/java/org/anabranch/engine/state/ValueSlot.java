// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.state;

import java.util.Arrays;
import org.anabranch.engine.operator.Values;
import org.anabranch.engine.table.TextArena;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.StateWriter;
import org.anabranch.view.accumulator.ValueBytes;

/** How a single value of a type is kept in a record, replaced, compared and written. */
abstract class ValueSlot {
  private final int words;

  private ValueSlot(int words) {
    this.words = words;
  }

  static ValueSlot of(Type type) {
    if (type.kind() == Type.Kind.VARCHAR) {
      return new Text();
    }
    if (type.kind() == Type.Kind.DOUBLE) {
      return new Floating();
    }
    return type.isWideDecimal() ? new Wide() : new Whole();
  }

  final int words() {
    return words;
  }

  /** Compares a row's value with the kept one. */
  abstract int compare(Values values, int row, long[] page, int at);

  abstract void keep(Values values, int row, long[] page, int at);

  abstract void write(long[] page, int at, StateWriter out);

  long bytes() {
    return 0;
  }

  private static final class Whole extends ValueSlot {
    Whole() {
      super(1);
    }

    @Override
    int compare(Values values, int row, long[] page, int at) {
      return Long.compare(values.longs()[row], page[at]);
    }

    @Override
    void keep(Values values, int row, long[] page, int at) {
      page[at] = values.longs()[row];
    }

    @Override
    void write(long[] page, int at, StateWriter out) {
      out.writeLong(page[at]);
    }
  }

  private static final class Floating extends ValueSlot {
    Floating() {
      super(1);
    }

    @Override
    int compare(Values values, int row, long[] page, int at) {
      double value = DoubleVector.canonical(values.doubles()[row]);
      return Double.compare(value, Double.longBitsToDouble(page[at]));
    }

    @Override
    void keep(Values values, int row, long[] page, int at) {
      page[at] = Double.doubleToLongBits(DoubleVector.canonical(values.doubles()[row]));
    }

    @Override
    void write(long[] page, int at, StateWriter out) {
      out.writeLong(page[at]);
    }
  }

  /** The upper half, then the lower. */
  private static final class Wide extends ValueSlot {
    Wide() {
      super(2);
    }

    @Override
    int compare(Values values, int row, long[] page, int at) {
      int order = Long.compare(values.high()[row], page[at]);
      return order != 0 ? order : Long.compareUnsigned(values.longs()[row], page[at + 1]);
    }

    @Override
    void keep(Values values, int row, long[] page, int at) {
      page[at] = values.high()[row];
      page[at + 1] = values.longs()[row];
    }

    @Override
    void write(long[] page, int at, StateWriter out) {
      ValueBytes.writeWide(page[at], page[at + 1], out);
    }
  }

  /**
   * A place in an arena, then {@code room << 32 | length}. A text that fits takes the room of the
   * one before; otherwise it gets at least twice the room, so that what is left behind stays below
   * what is in use.
   */
  private static final class Text extends ValueSlot {
    private final TextArena arena = new TextArena();

    Text() {
      super(2);
    }

    @Override
    int compare(Values values, int row, long[] page, int at) {
      int start = TextArena.offset(page[at]);
      return Arrays.compareUnsigned(
          values.bytes(),
          values.offsets()[row],
          values.offsets()[row + 1],
          arena.page(page[at]),
          start,
          start + (int) page[at + 1]);
    }

    @Override
    void keep(Values values, int row, long[] page, int at) {
      int from = values.offsets()[row];
      int length = values.offsets()[row + 1] - from;
      int room = (int) (page[at + 1] >>> 32);
      if (length > room) {
        room = (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(length, 2L * room));
        page[at] = arena.reserve(room);
      }
      byte[] target = arena.page(page[at]);
      System.arraycopy(values.bytes(), from, target, TextArena.offset(page[at]), length);
      page[at + 1] = (long) room << 32 | length;
    }

    @Override
    void write(long[] page, int at, StateWriter out) {
      out.writeBlock(arena.page(page[at]), TextArena.offset(page[at]), (int) page[at + 1]);
    }

    @Override
    long bytes() {
      return arena.bytes();
    }
  }
}
