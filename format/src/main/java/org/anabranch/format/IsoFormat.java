// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Type;

/**
 * ISO 8601: {@code yyyy-MM-dd} for dates, {@code yyyy-MM-ddTHH:mm[:ss[.fraction]][offset]} for
 * timestamps, with a space in place of the T if liked.
 */
final class IsoFormat extends TimeFormat {
  private final Type type;
  private final TimeParser time = new TimeParser();

  IsoFormat(Type type) {
    this.type = type;
  }

  @Override
  boolean isNumber() {
    return false;
  }

  @Override
  long parse(byte[] text, int from, int to, ColumnReader column) {
    time.start(text, from, to, column);
    date();
    if (type.kind() == Type.Kind.DATE) {
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
    return time.value(type);
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
    writeDate(days(value, type), out);
    if (type.kind() != Type.Kind.DATE) {
      writeClock(microsOfDay(value, type), out);
    }
    if (type.isInstant()) {
      out.add('Z');
    }
  }

  /** With a fraction of three or six digits where there is one. */
  private static void writeClock(long micro, ByteSink out) {
    long second = micro / 1_000_000;
    long fraction = micro % 1_000_000;
    out.add('T');
    out.addPadded(second / 3_600, 2);
    out.add(':');
    out.addPadded(second / 60 % 60, 2);
    out.add(':');
    out.addPadded(second % 60, 2);
    if (fraction != 0) {
      boolean millis = fraction % 1000 == 0;
      out.add('.');
      out.addPadded(millis ? fraction / 1000 : fraction, millis ? 3 : 6);
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
    if (type.kind() == Type.Kind.DATE) {
      return "yyyy-mm-dd";
    }
    return type.isInstant()
        ? "yyyy-mm-ddThh:mm:ss with an offset such as Z or +02:00 (none is UTC)"
        : "yyyy-mm-ddThh:mm:ss";
  }
}
