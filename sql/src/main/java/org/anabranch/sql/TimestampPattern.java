// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which patterns a {@code timestamp_format} may be: those that module format reads. */
final class TimestampPattern {
  /** What a pattern is made of, for messages. */
  static final String LETTERS =
      "yyyy M MM MMM MMMM d dd EEE EEEE H HH h hh a m mm s ss S..SSSSSSSSS Z XXX xxx";

  private static final Pattern PART = Pattern.compile("'(?:[^']|'')*'|([A-Za-z])\\1*|[^A-Za-z']+");

  private static final Pattern FIELD =
      Pattern.compile("yyyy|uuuu|M{1,4}|dd?|E{3,4}|HH?|hh?|a|mm?|ss?|S{1,9}|Z|XXX|xxx");

  private TimestampPattern() {}

  /** What is wrong with a pattern, or an empty text. */
  static String problem(String pattern) {
    Set<Character> letters = new HashSet<>();
    Matcher parts = PART.matcher(pattern);
    int end = 0;
    while (parts.find() && parts.start() == end) {
      end = parts.end();
      if (parts.group(1) != null) {
        String field = parts.group();
        if (!FIELD.matcher(field).matches()) {
          return "it has '" + field + "'";
        }
        if (!letters.add(kind(field.charAt(0)))) {
          return "it has '" + field.charAt(0) + "' twice";
        }
      }
    }
    return end < pattern.length() ? "a quote is not closed" : lacking(letters);
  }

  /** What a letter stands for: two for the year, three for the offset. */
  private static char kind(char letter) {
    return switch (letter) {
      case 'u' -> 'y';
      case 'x', 'Z' -> 'X';
      default -> letter;
    };
  }

  private static String lacking(Set<Character> letters) {
    if (!letters.contains('y') || !letters.contains('M') || !letters.contains('d')) {
      return "it needs a year (yyyy), a month (MM) and a day (dd)";
    }
    return letters.contains('h') == letters.contains('a')
        ? ""
        : "an hour of half a day (hh) and AM or PM (a) go together";
  }
}
