// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The way to a field inside a JSON event: names with dots between them, names in double quotes
 * where they have such characters themselves, numbers of array elements in brackets, and {@code $}
 * for the event if liked: {@code geo.lat}, {@code labels."app.kubernetes.io/name"}, {@code
 * items[0].name}, {@code $.x}.
 *
 * @param steps from the event inwards; the first one is a name
 */
public record FieldPath(List<Step> steps) {
  /** Elements beyond it cannot be named. */
  public static final int LAST_ELEMENT = 999;

  private static final int DEPTH = 32;
  private static final int NAME_CHARACTERS = 256;

  public FieldPath {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param name the name of a member, empty for an element
   * @param element the number of an element from 0, -1 for a member
   */
  public record Step(String name, int element) {
    static Step member(String name) {
      return new Step(name, -1);
    }

    public boolean isElement() {
      return element >= 0;
    }
  }

  /** The field of just that name, whatever characters it has. */
  public static FieldPath named(String name) {
    return new FieldPath(List.of(Step.member(name)));
  }

  /** The path of a column's {@code field}, or the field of its name. */
  public static FieldPath of(Column column) {
    String field = column.options().get("field");
    return field == null ? named(column.name()) : parse(field);
  }

  /**
   * @throws IllegalArgumentException if it can never name a field, with the reason and where
   */
  public static FieldPath parse(String text) {
    return new Parser(text).path();
  }

  /**
   * The path, as it is written today, of a field that was declared when only points stood between
   * names: {@code items[0].name} was the field {@code name} of the object {@code items[0]}.
   */
  public static String ofPoints(String text) {
    StringJoiner steps = new StringJoiner(".");
    for (String name : text.split("\\.", -1)) {
      boolean first = steps.length() == 0;
      boolean special = name.contains("[") || name.startsWith("\"") || (first && name.equals("$"));
      steps.add(special ? '"' + name.replace("\"", "\"\"") + '"' : name);
    }
    return steps.toString();
  }

  private static final class Parser {
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    FieldPath path() {
      if (text.startsWith("$") && (text.length() == 1 || ".[".indexOf(text.charAt(1)) >= 0)) {
        at = text.startsWith("$.") ? 2 : 1;
      }
      if (at == text.length()) {
        throw refused("it names no field");
      }
      if (text.charAt(at) == '[') {
        inBrackets();
      } else {
        name();
      }
      while (at < text.length()) {
        next();
      }
      if (steps.get(0).isElement()) {
        throw refused("an event is an object, not an array");
      }
      if (steps.size() > DEPTH) {
        throw refused("it has more than " + DEPTH + " steps");
      }
      return new FieldPath(steps);
    }

    private void next() {
      char next = text.charAt(at);
      if (next == '[') {
        inBrackets();
      } else if (next == '.') {
        at++;
        name();
      } else {
        throw refused("a point or [ must stand there");
      }
    }

    private void name() {
      if (at < text.length() && text.charAt(at) == '"') {
        steps.add(Step.member(quoted()));
        return;
      }
      int from = at;
      while (at < text.length() && ".[".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (at == from) {
        throw refused("a name is empty");
      }
      steps.add(Step.member(checked(text.substring(from, at))));
    }

    private String quoted() {
      int from = at++;
      StringBuilder name = new StringBuilder();
      while (at < text.length()) {
        char next = text.charAt(at++);
        if (next != '"') {
          name.append(next);
        } else if (at < text.length() && text.charAt(at) == '"') {
          name.append(text.charAt(at++));
        } else {
          return checked(name.toString());
        }
      }
      at = from;
      throw refused("the quote is not closed");
    }

    private String checked(String name) {
      if (name.length() > NAME_CHARACTERS) {
        throw refused("a name has more than " + NAME_CHARACTERS + " characters");
      }
      return name;
    }

    private void inBrackets() {
      int from = at++;
      if (at < text.length() && text.charAt(at) == '"') {
        steps.add(Step.member(quoted()));
      } else {
        int begin = at;
        while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
          at++;
        }
        String digits = text.substring(begin, at);
        if (!digits.matches("[0-9]{1,3}")) {
          at = begin;
          throw refused("an element's number from 0 to " + LAST_ELEMENT + " must stand there");
        }
        steps.add(new Step("", Integer.parseInt(digits)));
      }
      if (at == text.length() || text.charAt(at) != ']') {
        at = at < text.length() ? at : from;
        throw refused("the bracket is not closed");
      }
      at++;
    }

    private IllegalArgumentException refused(String why) {
      return new IllegalArgumentException(
          "Cannot read field '" + text + "': at its character " + (at + 1) + ", " + why);
    }
  }
}
