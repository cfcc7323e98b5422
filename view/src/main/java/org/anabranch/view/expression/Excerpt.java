// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

/** Values inside messages: quoted and cut short, so that no message repeats a whole event. */
final class Excerpt {
  private static final int LIMIT = 60;

  private Excerpt() {}

  static String of(Object value) {
    if (value instanceof String text) {
      return '\'' + cut(text) + '\'';
    }
    return value instanceof Double number ? NumberText.of(number) : cut(String.valueOf(value));
  }

  private static String cut(String text) {
    if (text.length() <= LIMIT || text.codePointCount(0, text.length()) <= LIMIT) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, LIMIT)) + "...";
  }
}
