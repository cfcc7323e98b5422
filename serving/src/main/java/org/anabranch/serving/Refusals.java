// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.anabranch.serving.ServingException.Reason;

/** What is not let through, with its place in the query's text and what to do about it. */
final class Refusals {
  private final String sql;
  private final Place.Text text;

  Refusals(String sql) {
    this.sql = sql;
    this.text = new Place.Text(sql);
  }

  ServingException refused(Map<String, Object> node, String what, String advice) {
    return new ServingException(
        Reason.REFUSED, "Cannot use " + what + " in a query" + place(node) + advice);
  }

  /** Whether a node is written in the query, not put there by the parser. */
  boolean isPlaced(Map<String, Object> node) {
    return node.get("query_location") instanceof Json.Digits number && number.text().length() < 10;
  }

  /** Whether both nodes are written in the query, the first before the second. */
  boolean isBefore(Map<String, Object> first, Map<String, Object> second) {
    return isPlaced(first) && isPlaced(second) && offset(first) < offset(second);
  }

  /** Whether both nodes begin at the same place, as a typed literal and its type do. */
  boolean isSamePlace(Map<String, Object> first, Map<String, Object> second) {
    return isPlaced(first) && isPlaced(second) && offset(first) == offset(second);
  }

  /** The digits that are written behind a type's name, which the parser may not tell. */
  OptionalInt precision(Map<String, Object> type) {
    return isPlaced(type)
        ? UnitText.precision(text.from(String.valueOf(offset(type))))
        : OptionalInt.empty();
  }

  private static long offset(Map<String, Object> node) {
    return Long.parseLong(((Json.Digits) node.get("query_location")).text());
  }

  /** Whether a text was written as the unit behind TO. */
  boolean isUnit(Map<String, Object> node) {
    return TypeGate.isText(node)
        && node.get("query_location") instanceof Json.Digits from
        && isPlaced(node)
        && !text.part(from.text(), "1").equals("'");
  }

  /** A column without a name is called what was written, not what is run. */
  void name(Map<String, Object> column) {
    boolean named =
        Set.of("COLUMN_REF", "STAR").contains(Tree.text(column, "class"))
            || !Tree.text(column, "alias").isEmpty();
    if (!named
        && isPlaced(column)
        && column.get("query_location") instanceof Json.Digits from
        && column.get("query_location_length") instanceof Json.Digits length) {
      String written = text.part(from.text(), length.text());
      column.put("alias", written.isBlank() ? "column" : written);
    }
  }

  String place(Map<String, Object> node) {
    return node.get("query_location") instanceof Json.Digits number && number.text().length() < 10
        ? " (" + Place.of(sql, number.text()) + ")"
        : "";
  }

  /** Refuses a node that has more than the given properties. */
  void only(Map<String, Object> node, String... allowed) {
    Set<String> known = new HashSet<>(List.of(allowed));
    known.addAll(List.of("class", "type", "alias", "query_location", "query_location_length"));
    node.forEach(
        (key, value) -> {
          if (!known.contains(key) && !isEmpty(key, value)) {
            throw refused(node, key.equals("name") ? "a named value" : Tree.words(key), "");
          }
        });
  }

  private static boolean isEmpty(String key, Object value) {
    if (value instanceof Json.Digits number) {
      return key.equals("nearest_count") && number.text().equals("1");
    }
    return value == null
        || value.equals("")
        || value.equals(false)
        || value.equals(List.of())
        || value.equals(Map.of());
  }

  /** Refuses a name of ours among those the query gives. */
  void names(Map<String, Object> node, String key) {
    for (Object name : Tree.list(node.get(key))) {
      if (name instanceof String text) {
        free(node, text);
      }
    }
  }

  /** Refuses an alias that is a name of ours. */
  void alias(Map<String, Object> node) {
    free(node, Tree.text(node, "alias"));
  }

  /** A name the query gives, which must not be one of ours. */
  String free(Map<String, Object> node, String name) {
    if (name.toLowerCase(Locale.ROOT).startsWith(Functions.OURS)) {
      throw refused(node, "the name '" + name + "'", ": take one without " + Functions.OURS);
    }
    return name;
  }

  /** Refuses a function or type of a schema. */
  void unqualified(Map<String, Object> node, String what) {
    if (node.get("qualified_name") instanceof Map<?, ?> qualified
        && Tree.list(qualified.get("path")).size() > 1) {
      throw refused(node, "a schema before a " + what, ": write the " + what + "'s name alone");
    }
  }
}
