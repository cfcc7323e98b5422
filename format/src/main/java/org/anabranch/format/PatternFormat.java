// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Type;

/**
 * A pattern such as {@code dd/MMM/yyyy:HH:mm:ss Z}: a strict subset of {@code
 * java.time.format.DateTimeFormatter}'s letters with English names, read and written by the same
 * code on every JDK.
 */
final class PatternFormat extends TimeFormat {
  static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };
  static final String[] DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };

  private final String pattern;
  private final Type type;
  private final List<TimeField> fields;
  private final TimeParser time = new TimeParser();

  PatternFormat(String pattern, Type type) {
    this.pattern = pattern;
    this.type = type;
    this.fields = TimeField.compile(pattern);
    check();
  }

  private void check() {
    List<String> lacking = new ArrayList<>();
    require('y', "a year (yyyy)", lacking);
    require('M', "a month (MM or MMM)", lacking);
    require('d', "a day (dd)", lacking);
    boolean half = fields.stream().anyMatch(field -> field.letter() == 'h');
    boolean marker = fields.stream().anyMatch(field -> field.letter() == 'a');
    if (half != marker) {
      lacking.add("both an hour of half a day (hh) and AM or PM (a)");
    }
    if (!lacking.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use timestamp_format '" + pattern + "': it lacks " + String.join(", ", lacking));
    }
    long distinct =
        fields.stream().map(TimeField::letter).filter(c -> c != '\'').distinct().count();
    if (distinct != fields.stream().filter(field -> field.letter() != '\'').count()) {
      throw new IllegalArgumentException(
          "Cannot use timestamp_format '" + pattern + "': it has a letter twice");
    }
  }

  private void require(char letter, String what, List<String> lacking) {
    if (fields.stream().noneMatch(field -> field.letter() == letter)) {
      lacking.add(what);
    }
  }

  @Override
  boolean isNumber() {
    return false;
  }

  @Override
  long parse(byte[] text, int from, int to, ColumnReader column) {
    time.start(text, from, to, column);
    int halfDay = -1;
    int weekday = 0;
    for (int i = 0; i < fields.size(); i++) {
      TimeField field = fields.get(i);
      switch (field.letter()) {
        case 'a' -> halfDay = time.word(TimeField.HALVES);
        case 'E' -> weekday = time.word(field.words()) + 1;
        default -> field.parse(time);
      }
    }
    time.end();
    if (halfDay >= 0) {
      hourOfHalf(halfDay);
    }
    long days = time.days();
    if (weekday != 0 && CivilDate.dayOfWeek(days) != weekday) {
      throw time.contradiction("that day is a " + DAYS[CivilDate.dayOfWeek(days) - 1]);
    }
    return type.kind() == Type.Kind.DATE ? days : time.value(type);
  }

  private void hourOfHalf(int half) {
    if (time.hour < 1 || time.hour > 12) {
      throw time.contradiction("there is no such time of day");
    }
    time.hour = time.hour % 12 + 12 * half;
  }

  @Override
  long parse(NumberToken number, ColumnReader column) {
    throw new IllegalStateException("Cannot read a number by a pattern");
  }

  @Override
  void write(long value, ByteSink out) {
    long days = days(value, type);
    long micro = microsOfDay(value, type);
    for (TimeField field : fields) {
      field.write(days, micro, out);
    }
  }

  @Override
  String expected() {
    return "the form " + pattern;
  }
}
