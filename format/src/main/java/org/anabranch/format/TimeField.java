// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One run of the same letter in a timestamp pattern, or a literal.
 *
 * @param letter the letter, or a single quote for a literal
 * @param count how often it stands there
 * @param literal the literal's text, empty for a letter
 */
record TimeField(char letter, int count, String literal) {
  static final String[] HALVES = {"AM", "PM"};
  private static final String[] SHORT_MONTHS = shortened(PatternFormat.MONTHS);
  private static final String[] SHORT_DAYS = shortened(PatternFormat.DAYS);

  /** How often each letter may be repeated. */
  private static final String ALLOWED =
      "yyyy, M, MM, MMM, MMMM, d, dd, EEE, EEEE, H, HH, h, hh, a, m, mm, s, ss, S to SSSSSSSSS, Z,"
          + " XXX, xxx";

  static List<TimeField> compile(String pattern) {
    List<TimeField> fields = new ArrayList<>();
    int i = 0;
    while (i < pattern.length()) {
      char first = pattern.charAt(i);
      int end = first == '\'' ? endOfQuoted(pattern, i) : endOfRun(pattern, i);
      if (first == '\'') {
        String inside = pattern.substring(i + 1, end - 1);
        fields.add(literal(inside.isEmpty() ? "'" : inside.replace("''", "'")));
      } else if (isLetter(first)) {
        fields.add(field(pattern, first, end - i));
      } else {
        fields.add(literal(pattern.substring(i, end)));
      }
      i = end;
    }
    return List.copyOf(fields);
  }

  private static int endOfRun(String pattern, int from) {
    int end = from + 1;
    while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(from)) {
      end++;
    }
    return end;
  }

  private static int endOfQuoted(String pattern, int from) {
    int end = from + 1;
    while (end < pattern.length()) {
      if (pattern.charAt(end) == '\'') {
        if (end == from + 1 || end + 1 == pattern.length() || pattern.charAt(end + 1) != '\'') {
          return end + 1;
        }
        end++;
      }
      end++;
    }
    throw new IllegalArgumentException(
        "Cannot use timestamp_format '" + pattern + "': a quote is not closed");
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static TimeField literal(String text) {
    return new TimeField('\'', text.length(), text);
  }

  private static TimeField field(String pattern, char written, int count) {
    char letter = written == 'u' ? 'y' : written == 'x' ? 'X' : written;
    boolean known =
        switch (letter) {
          case 'y' -> count == 4;
          case 'M' -> count <= 4;
          case 'd', 'H', 'h', 'm', 's' -> count <= 2;
          case 'E' -> count == 3 || count == 4;
          case 'a' -> count == 1;
          case 'S' -> count <= 9;
          case 'Z' -> count == 1;
          case 'X' -> count == 3;
          default -> false;
        };
    if (!known) {
      throw new IllegalArgumentException(
          "Cannot use timestamp_format '"
              + pattern
              + "': it has "
              + String.valueOf(written).repeat(count)
              + "; it may have 'iso', 'epoch_seconds', 'epoch_millis', 'epoch_micros',"
              + " 'epoch_nanos' or a pattern of "
              + ALLOWED
              + " and literals in single quotes");
    }
    // The offset is kept under one letter, with what tells its two forms apart in the count.
    return letter == 'Z'
        ? new TimeField('X', 1, "")
        : new TimeField(letter, letter == 'X' && written == 'x' ? 4 : count, "");
  }

  String[] words() {
    if (letter == 'M') {
      return count == 3 ? SHORT_MONTHS : PatternFormat.MONTHS;
    }
    return count == 3 ? SHORT_DAYS : PatternFormat.DAYS;
  }

  private static String[] shortened(String[] words) {
    return Arrays.stream(words).map(word -> word.substring(0, 3)).toArray(String[]::new);
  }

  /** Reads every letter but {@code a} and {@code E}, which take part in no single field. */
  void parse(TimeParser time) {
    switch (letter) {
      case 'y' -> time.year = time.digits(4, 4);
      case 'M' -> time.month = count > 2 ? time.word(words()) + 1 : number(time);
      case 'd' -> time.day = number(time);
      case 'H', 'h' -> time.hour = number(time);
      case 'm' -> time.minute = number(time);
      case 's' -> time.second = number(time);
      case 'S' -> time.fraction(count, count);
      case 'X' -> time.offset(count == 3);
      default -> {
        for (byte expected : literal.getBytes(StandardCharsets.UTF_8)) {
          time.require(expected);
        }
      }
    }
  }

  private int number(TimeParser time) {
    return time.digits(count, 2);
  }

  void write(long days, long micro, ByteSink out) {
    long date = CivilDate.ofDays(days);
    long second = micro / 1_000_000;
    long hour = second / 3_600;
    switch (letter) {
      case 'y' -> out.addPadded(date / 10_000, 4);
      case 'M' -> writeMonth(date / 100 % 100, out);
      case 'd' -> out.addPadded(date % 100, count);
      case 'E' -> out.add(words()[CivilDate.dayOfWeek(days) - 1]);
      case 'H' -> out.addPadded(hour, count);
      case 'h' -> out.addPadded(hour % 12 == 0 ? 12 : hour % 12, count);
      case 'a' -> out.add(HALVES[(int) (hour / 12)]);
      case 'm' -> out.addPadded(second / 60 % 60, count);
      case 's' -> out.addPadded(second % 60, count);
      case 'S' -> writeFraction(micro % 1_000_000, out);
      case 'X' -> out.add(count == 1 ? "+0000" : count == 3 ? "Z" : "+00:00");
      default -> out.add(literal);
    }
  }

  private void writeMonth(long month, ByteSink out) {
    if (count > 2) {
      out.add(words()[(int) month - 1]);
    } else {
      out.addPadded(month, count);
    }
  }

  /** The first digits of a second's fraction; the caller sees to it that none is lost. */
  private void writeFraction(long micro, ByteSink out) {
    String nine = String.valueOf(1_000_000 + micro).substring(1) + "000";
    out.add(nine.substring(0, count));
  }
}
