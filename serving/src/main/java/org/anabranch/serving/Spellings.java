// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.anabranch.view.expression.Expression;

/** Functions that stand for others, as definitions have them, and what they stand for. */
final class Spellings {
  private static final Set<String> FIELDS =
      Set.of("year", "quarter", "month", "week", "day", "hour", "minute");

  private static final Map<String, Integer> COUNTS =
      Map.of("left", 2, "right", 2, "strpos", 2, "instr", 2, "starts_with", 2, "if", 3, "iif", 3);

  private static final Map<String, String> SAME =
      Map.of("prefix", "starts_with", "^@", "starts_with", "iif", "if", "instr", "strpos");

  private static final Map<String, String> LIKES =
      Map.of(
          "~~*", "~~",
          "!~~*", "!~~",
          "ilike_escape", "like_escape",
          "not_ilike_escape", "not_like_escape");

  private final Refusals refusals;
  private final TimeSpellings times;

  Spellings(Refusals refusals) {
    this.refusals = refusals;
    this.times = new TimeSpellings(refusals);
  }

  /** All names that stand for something else. */
  static List<String> names() {
    List<String> names = new ArrayList<>(FIELDS);
    names.addAll(List.of("left", "right", "strpos", "starts_with", "if", "iif", "concat"));
    names.addAll(List.of("ifnull", "nvl"));
    names.addAll(TimeSpellings.NAMES);
    return names.stream().sorted().toList();
  }

  /**
   * Makes a call what it stands for.
   *
   * @param walk finds the type of an argument
   * @return whether it stood for something else
   */
  boolean replace(
      Map<String, Object> node, String written, Function<Map<String, Object>, Expression> walk) {
    String name = SAME.getOrDefault(written, written);
    List<Map<String, Object>> arguments = new ArrayList<>();
    for (Object argument : list(node.get("arguments"))) {
      arguments.add(map(map(argument).get("expression")));
    }
    Map<String, Object> meaning = meaning(node, name, arguments, walk);
    if (meaning == null) {
      return false;
    }
    Object place = node.get("query_location");
    Tree.replace(node, meaning);
    node.put("query_location", place);
    return true;
  }

  private Map<String, Object> meaning(
      Map<String, Object> node,
      String name,
      List<Map<String, Object>> arguments,
      Function<Map<String, Object>, Expression> walk) {
    if (name.equals("concat") && !arguments.isEmpty()) {
      return concat(arguments);
    }
    if (FIELDS.contains(name) && arguments.size() == 1) {
      return Tree.function("date_part", List.of(Tree.text(name), arguments.get(0)));
    }
    if ((name.equals("ifnull") || name.equals("nvl")) && arguments.size() == 2) {
      return Tree.operation("OPERATOR_COALESCE", List.copyOf(arguments));
    }
    Map<String, Object> time = times.meaning(node, name, arguments, walk);
    if (time != null) {
      return time;
    }
    if (LIKES.containsKey(name)) {
      return likeOfAnyCase(LIKES.get(name), arguments);
    }
    if (!COUNTS.containsKey(name) || COUNTS.get(name) != arguments.size()) {
      return null;
    }
    return switch (name) {
      case "left" ->
          Tree.function(
              "substring",
              List.of(arguments.get(0), Tree.number(1), count(node, name, arguments.get(1))));
      case "right" -> right(arguments.get(0), count(node, name, arguments.get(1)));
      case "strpos" -> Tree.function("position", List.copyOf(arguments));
      case "starts_with" -> startsWith(arguments.get(0), arguments.get(1));
      default -> Tree.choice(arguments.get(0), arguments.get(1), arguments.get(2));
    };
  }

  /** ILIKE is LIKE of both in lower case. */
  private Map<String, Object> likeOfAnyCase(String like, List<Map<String, Object>> arguments) {
    List<Object> lower = new ArrayList<>();
    for (Map<String, Object> argument : arguments.subList(0, 2)) {
      lower.add(Tree.function("lower", List.of(argument)));
    }
    if (arguments.size() > 2) {
      String escape = text(map(arguments.get(2).get("literal")), "text");
      if (escape.codePoints().anyMatch(Character::isLetter)) {
        throw refusals.refused(arguments.get(2), "a letter to escape ILIKE", ": write ESCAPE '!'");
      }
      lower.add(arguments.get(2));
    }
    return arguments.size() > 2 ? Tree.function(like, lower) : Tree.operator(like, lower);
  }

  private static Map<String, Object> right(Map<String, Object> text, Map<String, Object> count) {
    Map<String, Object> length = Tree.function("char_length", List.of(Tree.deep(text)));
    Map<String, Object> before = Tree.operator("-", List.of(count, Tree.number(1)));
    Map<String, Object> start = Tree.operator("-", List.of(length, before));
    return Tree.function("substring", List.of(text, start));
  }

  private static Map<String, Object> startsWith(
      Map<String, Object> text, Map<String, Object> start) {
    Map<String, Object> length = Tree.function("char_length", List.of(Tree.deep(start)));
    Map<String, Object> first = Tree.function("substring", List.of(text, Tree.number(1), length));
    return Tree.comparison(first, start);
  }

  /** As in PostgreSQL, a null is the empty text. */
  private static Map<String, Object> concat(List<Map<String, Object>> arguments) {
    Map<String, Object> joined = Tree.text("");
    for (Map<String, Object> argument : arguments) {
      Map<String, Object> text = Tree.cast(argument, "VARCHAR");
      Map<String, Object> shown = Tree.operation("OPERATOR_COALESCE", List.of(text, Tree.text("")));
      joined = Tree.operator("||", List.of(joined, shown));
    }
    return joined;
  }

  private Map<String, Object> count(
      Map<String, Object> node, String name, Map<String, Object> count) {
    Map<String, Object> literal = map(count.get("literal"));
    if (!text(literal, "kind").equals("INTEGER") || !text(literal, "text").matches("[0-9]{1,9}")) {
      throw refusals.refused(
          node, Functions.shown(name) + " with this count", ": write a whole number from 0");
    }
    return count;
  }
}
