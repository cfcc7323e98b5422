// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Type;

/** A cursor over the text of one date or time, and the fields found so far. Reused. */
final class TimeParser {
  int year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  private int nanos;
  private int offsetSeconds;
  private byte[] text;
  private int from;
  private int to;
  private int position;
  private ColumnReader column;

  void start(byte[] source, int begin, int end, ColumnReader reader) {
    text = source;
    from = begin;
    to = end;
    position = begin;
    column = reader;
    month = 1;
    day = 1;
    hour = 0;
    minute = 0;
    second = 0;
    nanos = 0;
    offsetSeconds = 0;
  }

  boolean atEnd() {
    return position == to;
  }

  void end() {
    if (position != to) {
      throw unreadable();
    }
  }

  boolean accept(int wanted) {
    boolean found = position < to && text[position] == wanted;
    if (found) {
      position++;
    }
    return found;
  }

  void require(int wanted) {
    if (!accept(wanted)) {
      throw unreadable();
    }
  }

  /** A number of {@code least} to {@code most} digits, as many as there are. */
  int digits(int least, int most) {
    int begin = position;
    int value = 0;
    while (position < to && position - begin < most) {
      int digit = text[position] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
      position++;
    }
    if (position - begin < least) {
      throw unreadable();
    }
    return value;
  }

  /** Digits after the point of the second. */
  void fraction(int least, int most) {
    int begin = position;
    int value = digits(least, most);
    for (int i = position - begin; i < 9; i++) {
      value *= 10;
    }
    nanos = value;
  }

  /** {@code +hh:mm}, {@code +hhmm}, {@code +hh} and, if allowed, {@code Z}. */
  void offset(boolean allowZ) {
    if (allowZ && accept('Z')) {
      return;
    }
    boolean minus = accept('-');
    if (!minus) {
      require('+');
    }
    int hours = digits(2, 2);
    int minutes = accept(':') || (!atEnd() && isDigit()) ? digits(2, 2) : 0;
    if (hours > 18 || minutes > 59 || hours * 60 + minutes > 18 * 60) {
      throw outOfRange("its offset is more than 18:00");
    }
    offsetSeconds = (minus ? -60 : 60) * (hours * 60 + minutes);
  }

  private boolean isDigit() {
    return text[position] >= '0' && text[position] <= '9';
  }

  /** One of some words; its index. */
  int word(String[] words) {
    for (int i = 0; i < words.length; i++) {
      int end = position + words[i].length();
      if (end <= to && TextReader.is(words[i], text, position, end)) {
        position = end;
        return i;
      }
    }
    throw unreadable();
  }

  long days() {
    if (!CivilDate.isValid(year, month, day)) {
      throw outOfRange("there is no such day in the years 0001 to 9999");
    }
    return CivilDate.toDays(year, month, day);
  }

  /** The time that was read as a value of a type. */
  long value(Type type) {
    if (hour > 23 || minute > 59 || second > 59) {
      throw outOfRange("there is no such time of day");
    }
    if (nanos % (type.isMicros() ? 1000 : 1_000_000) != 0 && !column.truncates()) {
      throw column.tooFine(text, from, to);
    }
    if (!type.isInstant() && offsetSeconds != 0) {
      throw outOfRange(
          "it has an offset from UTC, which the column would lose; declare it "
              + type
              + " WITH TIME ZONE");
    }
    long days = days();
    long seconds = (hour * 60L + minute) * 60 + second - offsetSeconds;
    long millis = days * CivilDate.DAY_MILLIS + seconds * 1000 + nanos / 1_000_000;
    if (Math.floorDiv(millis, CivilDate.DAY_MILLIS) < CivilDate.FIRST_DAY
        || Math.floorDiv(millis, CivilDate.DAY_MILLIS) > CivilDate.LAST_DAY) {
      throw outOfRange("in UTC it is not in the years 0001 to 9999");
    }
    return type.isMicros() ? millis * 1000 + nanos / 1000 % 1000 : millis;
  }

  Rejected unreadable() {
    return column.unreadable(text, from, to, column.expected());
  }

  private Rejected outOfRange(String facts) {
    return column.outOfRange(text, from, to, facts);
  }

  Rejected contradiction(String facts) {
    return column.outOfRange(text, from, to, facts);
  }
}
