// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anabranch.serving.ServingException.Reason;

/** What is not let through, with its place in the query's text and what to do about it. */
final class Refusals {
  private final String sql;

  Refusals(String sql) {
    this.sql = sql;
  }

  ServingException refused(Map<String, Object> node, String what, String advice) {
    return new ServingException(
        Reason.REFUSED, "Cannot use " + what + " in a query" + place(node) + advice);
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
            throw refused(node, Tree.words(key), "");
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
