// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

/** Functions that cut texts at a separator or build them by number, as PostgreSQL does. */
public final class TextPieces {
  private TextPieces() {}

  /**
   * The piece between separators, counted from 1, or from the end by a negative number; the empty
   * text if there are fewer. An empty separator is nowhere.
   */
  public static String splitPart(String text, String separator, long place)
      throws EvaluationException {
    if (place == 0) {
      throw new EvaluationException("Cannot take piece 0 of a text: pieces count from 1, or -1");
    }
    if (separator.isEmpty()) {
      return place == 1 || place == -1 ? text : "";
    }
    return place > 0 ? fromStart(text, separator, place) : fromEnd(text, separator, -place);
  }

  private static String fromStart(String text, String separator, long place) {
    int from = 0;
    for (long left = place; left > 1; left--) {
      int at = text.indexOf(separator, from);
      if (at < 0) {
        return "";
      }
      from = at + separator.length();
    }
    int end = text.indexOf(separator, from);
    return text.substring(from, end < 0 ? text.length() : end);
  }

  /** Separators are found from the start, so that those that overlap are the same both ways. */
  private static String fromEnd(String text, String separator, long place)
      throws EvaluationException {
    long pieces = 1;
    for (int at = text.indexOf(separator); at >= 0; pieces++) {
      at = text.indexOf(separator, at + separator.length());
    }
    return place > pieces ? "" : fromStart(text, separator, pieces - place + 1);
  }

  /** Exactly so many code points: cut at the end, or filled at the start while there is a fill. */
  public static String padLeft(String text, long length, String fill) throws EvaluationException {
    String padding = padding(text, length, fill);
    return padding == null ? cut(text, length) : TextFunctions.concat(padding, text);
  }

  /** As {@link #padLeft}, filled at the end. */
  public static String padRight(String text, long length, String fill) throws EvaluationException {
    String padding = padding(text, length, fill);
    return padding == null ? cut(text, length) : TextFunctions.concat(text, padding);
  }

  private static String cut(String text, long length) throws EvaluationException {
    return TextFunctions.substring(text, 1, Math.max(0, length));
  }

  /** What is missing to the length, or null if nothing is or can be added. */
  private static String padding(String text, long length, String fill) throws EvaluationException {
    long missing = length - TextFunctions.length(text);
    if (missing <= 0 || fill.isEmpty()) {
      return null;
    }
    long whole = missing / TextFunctions.length(fill);
    long rest = missing % TextFunctions.length(fill);
    return TextFunctions.concat(repeat(fill, whole), TextFunctions.substring(fill, 1, rest));
  }

  /** The text so many times; the empty text if the number is not above 0. */
  public static String repeat(String text, long count) throws EvaluationException {
    if (count <= 0 || text.isEmpty()) {
      return "";
    }
    if (count > TextFunctions.MAX_BYTES / text.length()) {
      throw new EvaluationException(
          "Cannot make a text of "
              + count
              + " times "
              + text.length()
              + " characters: at most "
              + TextFunctions.MAX_BYTES
              + " bytes");
    }
    return TextFunctions.concat(text.repeat((int) count), "");
  }

  /** The code points from the last to the first. */
  public static String reverse(String text) {
    return new StringBuilder(text).reverse().toString();
  }
}
