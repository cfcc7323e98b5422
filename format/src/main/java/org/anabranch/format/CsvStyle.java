// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.Locale;
import java.util.Map;
import org.anabranch.view.StreamDefinition;

/**
 * How CSV is written: what separates the fields of a row, and whether a field may stand in quotes.
 *
 * @param delimiter one ASCII byte
 * @param quoted whether a double quote at the start of a field opens it; if not, it is a character
 *     like any other
 */
public record CsvStyle(byte delimiter, boolean quoted) {
  /** The delimiters that are tried where somebody may have meant another. */
  public static final String USUAL = ",;\t|";

  private static final Map<String, Byte> NAMES =
      Map.of(
          "comma", (byte) ',',
          "semicolon", (byte) ';',
          "tab", (byte) '\t',
          "\\t", (byte) '\t',
          "pipe", (byte) '|',
          "space", (byte) ' ');

  /**
   * The style of a stream's CSV.
   *
   * @throws IllegalArgumentException if its options cannot be used
   */
  public static CsvStyle of(StreamDefinition stream) {
    return new CsvStyle(
        delimiter(stream.options().getOrDefault("delimiter", ",")),
        quoted(stream.options().getOrDefault("quote", "double")));
  }

  /**
   * Reads a delimiter: the character itself, {@code \t}, or {@code comma}, {@code semicolon},
   * {@code tab}, {@code pipe}, {@code space}.
   *
   * @throws IllegalArgumentException if it cannot be one
   */
  public static byte delimiter(String text) {
    Byte named = NAMES.get(text.toLowerCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    char only = text.length() == 1 ? text.charAt(0) : '"';
    if (only >= 0x80 || only == '"' || only == '\n' || only == '\r') {
      throw new IllegalArgumentException(
          "Cannot use delimiter '"
              + text
              + "': it must be one ASCII character other than a quote or a line break, or comma,"
              + " semicolon, tab, pipe or space");
    }
    return (byte) only;
  }

  /**
   * Reads whether there are quotes: {@code double} or {@code none}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static boolean quoted(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "double", "\"" -> true;
      case "none" -> false;
      default ->
          throw new IllegalArgumentException(
              "Cannot use quote '" + text + "': it may be double or none");
    };
  }

  public CsvStyle delimiter(byte other) {
    return new CsvStyle(other, quoted);
  }

  public CsvStyle quoted(boolean other) {
    return new CsvStyle(delimiter, other);
  }

  /** What a body in this style is sent as. */
  public String contentType() {
    return ContentTypes.CSV + parameters();
  }

  /** Its one spelling in content types. */
  String parameters() {
    return ";delimiter=%%%02X;quote=%s".formatted(delimiter, quoted ? "double" : "none");
  }

  /** The delimiter for eyes. */
  String delimiterText() {
    return delimiter == '\t' ? "\\t" : Character.toString(delimiter);
  }

  /** The delimiter as it can be written in a shell and in a content type. */
  String delimiterWord() {
    return switch (delimiter) {
      case ',' -> "comma";
      case ';' -> "semicolon";
      case '\t' -> "tab";
      case '|' -> "pipe";
      case ' ' -> "space";
      default -> Character.toString(delimiter);
    };
  }
}
