// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression.Literal;

/** Reads the text of an interval: {@code '1' DAY}, {@code '1 02:03' DAY TO MINUTE}. */
final class IntervalText {
  private static final List<String> MONTH_FIELDS = List.of("YEAR", "MONTH");
  private static final List<String> DAY_FIELDS = List.of("DAY", "HOUR", "MINUTE", "SECOND");
  private static final Map<String, Long> MILLIS =
      Map.of(
          "WEEK", 604_800_000L,
          "DAY", 86_400_000L,
          "HOUR", 3_600_000L,
          "MINUTE", 60_000L,
          "SECOND", 1_000L);
  private static final Map<String, Long> MONTHS = Map.of("YEAR", 12L, "QUARTER", 3L, "MONTH", 1L);
  private static final Map<String, Long> LIMIT =
      Map.of("MONTH", 11L, "HOUR", 23L, "MINUTE", 59L, "SECOND", 59L);
  private static final Pattern POSTGRES = Pattern.compile("\\s*(\\S+)\\s+([A-Za-z]+)\\s*");

  private IntervalText() {}

  static boolean isUnit(Token token) {
    return token.kind() == Token.Kind.WORD && isUnit(singular(token.text()));
  }

  private static boolean isUnit(String unit) {
    return MILLIS.containsKey(unit) || MONTHS.containsKey(unit);
  }

  /** The unit's name in upper case without a plural's S. */
  static String singular(String unit) {
    String upper = unit.toUpperCase(Locale.ROOT);
    return upper.endsWith("S") ? upper.substring(0, upper.length() - 1) : upper;
  }

  /** {@code INTERVAL '1 day'}, if the text is a number and a unit. */
  static Optional<Literal> postgres(String text) {
    Matcher matcher = POSTGRES.matcher(text);
    if (!matcher.matches() || !isUnit(singular(matcher.group(2)))) {
      return Optional.empty();
    }
    String unit = singular(matcher.group(2));
    return standard(matcher.group(1), unit, unit);
  }

  /** The interval of a text with units from the first to the last, if it is one. */
  static Optional<Literal> standard(String text, String first, String last) {
    List<String> fields = fields(first, last);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = pattern(fields).matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean months = MONTHS.containsKey(first);
    long total = 0;
    for (int i = 0; i < fields.size(); i++) {
      String unit = fields.get(i);
      long value = Long.parseLong(matcher.group(i + 2));
      if (i > 0 && value > LIMIT.get(unit)) {
        return Optional.empty();
      }
      total += value * (months ? MONTHS : MILLIS).get(unit);
    }
    if (fields.get(fields.size() - 1).equals("SECOND")) {
      String fraction = matcher.group(fields.size() + 2);
      if (fraction != null) {
        return Optional.of(fine(matcher.group(1), total, fraction));
      }
    }
    long signed = matcher.group(1).equals("-") ? -total : total;
    return Optional.of(new Literal(signed, months ? Type.MONTHS_INTERVAL : Type.DAYS_INTERVAL));
  }

  /** An interval with a fraction of a second: in microseconds if it needs them. */
  private static Literal fine(String sign, long millis, String fraction) {
    long micros = millis * 1000 + Long.parseLong((fraction + "00000").substring(0, 6));
    long signed = sign.equals("-") ? -micros : micros;
    return micros % 1000 == 0
        ? new Literal(signed / 1000, Type.DAYS_INTERVAL)
        : new Literal(signed, Type.MICRO_INTERVAL);
  }

  private static List<String> fields(String first, String last) {
    if (first.equals(last)) {
      return isUnit(first) ? List.of(first) : List.of();
    }
    for (List<String> all : List.of(MONTH_FIELDS, DAY_FIELDS)) {
      int from = all.indexOf(first);
      int to = all.indexOf(last);
      if (from >= 0 && from < to) {
        return all.subList(from, to + 1);
      }
    }
    return List.of();
  }

  private static Pattern pattern(List<String> fields) {
    StringBuilder regex = new StringBuilder("\\s*([+-]?)");
    for (int i = 0; i < fields.size(); i++) {
      String separator =
          fields.get(i).equals("HOUR") ? " +" : fields.get(i).equals("MONTH") ? "-" : ":";
      regex.append(i == 0 ? "(\\d{1,9})" : separator + "(\\d{1,2})");
    }
    if (fields.get(fields.size() - 1).equals("SECOND")) {
      regex.append("(?:\\.(\\d{1,6})0*)?");
    }
    return Pattern.compile(regex.append("\\s*").toString());
  }
}
