// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Type;

/**
 * ISO 8601: {@code yyyy-MM-dd} for dates, {@code yyyy-MM-ddTHH:mm[:ss[.fraction]][offset]} for
 * timestamps, with a space in place of the T if liked.
 */
final class IsoFormat extends TimeFormat {
  private final Type.Kind kind;
  private final TimeParser time = new TimeParser();

  IsoFormat(Type.Kind kind) {
    this.kind = kind;
  }

  @Override
  boolean isNumber() {
    return false;
  }

  @Override
  long parse(byte[] text, int from, int to, ColumnReader column) {
    time.start(text, from, to, column);
    date();
    if (kind == Type.Kind.DATE) {
      time.end();
      return time.days();
    }
    if (!time.accept('T') && !time.accept(' ')) {
      throw time.unreadable();
    }
    clock();
    if (!time.atEnd()) {
      time.offset(true);
    }
    time.end();
    return time.millis(kind);
  }

  private void date() {
    time.year = time.digits(4, 4);
    time.require('-');
    time.month = time.digits(2, 2);
    time.require('-');
    time.day = time.digits(2, 2);
  }

  private void clock() {
    time.hour = time.digits(2, 2);
    time.require(':');
    time.minute = time.digits(2, 2);
    if (time.accept(':')) {
      time.second = time.digits(2, 2);
      if (time.accept('.')) {
        time.fraction(1, 9);
      }
    }
  }

  @Override
  long parse(NumberToken number, ColumnReader column) {
    throw new IllegalStateException("Cannot read a number by ISO 8601");
  }

  @Override
  void write(long value, ByteSink out) {
    if (kind == Type.Kind.DATE) {
      writeDate(value, out);
      return;
    }
    writeDate(Math.floorDiv(value, CivilDate.DAY_MILLIS), out);
    long milli = Math.floorMod(value, CivilDate.DAY_MILLIS);
    out.add('T');
    out.addPadded(milli / 3_600_000, 2);
    out.add(':');
    out.addPadded(milli / 60_000 % 60, 2);
    out.add(':');
    out.addPadded(milli / 1000 % 60, 2);
    if (milli % 1000 != 0) {
      out.add('.');
      out.addPadded(milli % 1000, 3);
    }
    if (kind == Type.Kind.INSTANT) {
      out.add('Z');
    }
  }

  private static void writeDate(long days, ByteSink out) {
    long date = CivilDate.ofDays(days);
    out.addPadded(date / 10_000, 4);
    out.add('-');
    out.addPadded(date / 100 % 100, 2);
    out.add('-');
    out.addPadded(date % 100, 2);
  }

  @Override
  String expected() {
    return switch (kind) {
      case DATE -> "yyyy-mm-dd";
      case INSTANT -> "yyyy-mm-ddThh:mm:ss with an offset such as Z or +02:00 (none is UTC)";
      default -> "yyyy-mm-ddThh:mm:ss";
    };
  }
}
