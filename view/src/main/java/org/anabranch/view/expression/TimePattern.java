// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the pattern of TO_CHAR: the fields of PostgreSQL that are numbers, in any case, between
 * punctuation and text in double quotes. Other letters are refused, since PostgreSQL has a meaning
 * for many of them: the T of {@code DDTHH24} is the end of an English ordinal there.
 */
public final class TimePattern {
  /** A number that a time shows, with zeros before it up to its width. */
  public enum Field {
    // longer names come before those they begin with
    IYYY("ISOYEAR", 4),
    YYYY("YEAR", 4),
    HH24("HOUR", 2),
    DDD("DOY", 3),
    DD("DAY", 2),
    MM("MONTH", 2),
    MI("MINUTE", 2),
    MS("SECOND", 3),
    SS("SECOND", 2),
    IW("WEEK", 2),
    ID("ISODOW", 1),
    Q("QUARTER", 1);

    private final String extracted;
    private final int width;

    Field(String extracted, int width) {
      this.extracted = extracted;
      this.width = width;
    }

    /** The field of EXTRACT that it is made of. */
    public String extracted() {
      return extracted;
    }

    public int width() {
      return width;
    }
  }

  /**
   * A piece of the pattern.
   *
   * @param field what is shown, or null for text
   * @param text what stands there as it is, empty for a field
   */
  public record Part(Field field, String text) {}

  private TimePattern() {}

  /**
   * The pieces of a pattern.
   *
   * @throws TypeException if something in it is no field of ours
   */
  public static List<Part> of(String pattern) throws TypeException {
    List<Part> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < pattern.length(); ) {
      Field field = fieldAt(pattern, at);
      if (field != null) {
        flush(text, parts);
        parts.add(new Part(field, ""));
        at += field.name().length();
      } else {
        at = text(pattern, at, text);
      }
    }
    flush(text, parts);
    if (parts.stream().allMatch(part -> part.field() == null)) {
      throw refused(pattern, "no field");
    }
    return parts;
  }

  private static void flush(StringBuilder text, List<Part> parts) {
    if (text.length() > 0) {
      parts.add(new Part(null, text.toString()));
      text.setLength(0);
    }
  }

  private static Field fieldAt(String pattern, int at) {
    String rest = pattern.substring(at).toUpperCase(Locale.ROOT);
    return Stream.of(Field.values())
        .filter(field -> rest.startsWith(field.name()))
        .findFirst()
        .orElse(null);
  }

  /** Takes a character, or a text in quotes, and gives the place behind it. */
  private static int text(String pattern, int at, StringBuilder text) throws TypeException {
    char c = pattern.charAt(at);
    if (c == '"') {
      int end = pattern.indexOf('"', at + 1);
      if (end < 0) {
        throw refused(pattern, "a quote that is not closed");
      }
      text.append(pattern, at + 1, end);
      return end + 1;
    }
    if (Character.isLetter(c) || c == '\\') {
      throw refused(pattern, "'" + c + "' at its character " + (at + 1));
    }
    text.append(c);
    return at + 1;
  }

  private static TypeException refused(String pattern, String what) {
    return new TypeException(
        "Cannot use the pattern "
            + Excerpt.of(pattern)
            + " in TO_CHAR: it has "
            + what
            + "; there are "
            + Stream.of(Field.values()).map(Field::name).sorted().collect(Collectors.joining(", "))
            + ", punctuation, and text in double quotes");
  }
}
