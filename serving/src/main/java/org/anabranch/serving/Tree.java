// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and makes nodes of the parser's tree, which is JSON in maps and lists. */
final class Tree {
  private Tree() {}

  static String text(Map<String, Object> node, String key) {
    return node.get(key) instanceof String text ? text : "";
  }

  @SuppressWarnings("unchecked") // JSON's maps have strings as keys
  static Map<String, Object> map(Object value) {
    return value == null ? new LinkedHashMap<>() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // JSON's lists hold anything
  static List<Object> list(Object value) {
    return value == null ? new ArrayList<>() : (List<Object>) value;
  }

  /** A constant of the parser in words. */
  static String words(String constant) {
    return constant.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  /** Makes a node another one, which keeps its alias and place. */
  static void replace(Map<String, Object> node, Map<String, Object> other) {
    other.put("alias", node.get("alias"));
    node.clear();
    node.putAll(other);
  }

  /** Puts a call of one of our functions around an expression. */
  static void wrap(Map<String, Object> node, String name) {
    Map<String, Object> inner = new LinkedHashMap<>(node);
    inner.put("alias", "");
    replace(node, call(name, List.of(inner)));
  }

  /** A node of its own with the same content and no name. */
  static Map<String, Object> copy(Map<String, Object> node) {
    Map<String, Object> copy = new LinkedHashMap<>(node);
    copy.put("alias", "");
    return copy;
  }

  /** A cast to a type as DuckDB writes it, DECIMAL with its digits. */
  static Map<String, Object> cast(Object child, String type) {
    Map<String, Object> cast = expression("CAST", "OPERATOR_CAST");
    cast.put("child", child);
    cast.put("try_cast", false);
    Map<String, Object> written = expression("TYPE", "TYPE");
    int open = type.indexOf('(');
    String name = open < 0 ? type : type.substring(0, open);
    List<Object> children = new ArrayList<>();
    if (open >= 0) {
      for (String digits : type.substring(open + 1, type.length() - 1).split(",", -1)) {
        children.add(number(Integer.parseInt(digits.strip())));
      }
    }
    written.put("catalog", "");
    written.put("schema", "");
    written.put("type_name", name);
    written.put("children", children);
    written.put("qualified_name", path(name));
    cast.put("type_expr", written);
    return cast;
  }

  /** Puts a cast around an expression. */
  static void convert(Map<String, Object> node, String type) {
    replace(node, cast(copy(node), type));
  }

  static void rename(Map<String, Object> node, String target) {
    if (!target.equals(node.get("function_name")) || target.endsWith("like_escape")) {
      node.put("is_operator", false);
    }
    node.put("function_name", target);
    node.put("qualified_name", path(target));
  }

  static Map<String, Object> path(String name) {
    return new LinkedHashMap<>(Map.of("path", List.of(name)));
  }

  /** A call of one of our functions. */
  static Map<String, Object> call(String name, List<Object> arguments) {
    return function(Functions.OURS + name, arguments, false);
  }

  static Map<String, Object> operator(String name, List<Object> arguments) {
    return function(name, arguments, true);
  }

  /** A call of a function that a query may name. */
  static Map<String, Object> function(String name, List<Object> arguments) {
    return function(name, arguments, false);
  }

  private static Map<String, Object> function(
      String name, List<Object> arguments, boolean operator) {
    Map<String, Object> call = expression("FUNCTION", "FUNCTION");
    call.put("schema", "");
    call.put("filter", null);
    Map<String, Object> orders = new LinkedHashMap<>();
    orders.put("type", "ORDER_MODIFIER");
    orders.put("orders", List.of());
    call.put("order_bys", orders);
    call.put("distinct", false);
    call.put("is_operator", operator);
    call.put("function_name", name);
    call.put("qualified_name", path(name));
    call.put("export_state", false);
    call.put("catalog", "");
    List<Object> wrapped = new ArrayList<>();
    for (Object argument : arguments) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", "");
      one.put("expression", argument);
      wrapped.add(one);
    }
    call.put("arguments", wrapped);
    return call;
  }

  static Map<String, Object> text(String value) {
    return constant("STRING", value);
  }

  static Map<String, Object> constant(String kind, String value) {
    Map<String, Object> constant = number(0);
    map(constant.get("literal")).put("kind", kind);
    map(constant.get("literal")).put("text", value);
    return constant;
  }

  /** An operation that is no function, such as COALESCE. */
  static Map<String, Object> operation(String type, List<Object> children) {
    Map<String, Object> operation = expression("OPERATOR", type);
    operation.put("children", children);
    return operation;
  }

  static Map<String, Object> comparison(Object left, Object right) {
    Map<String, Object> comparison = expression("COMPARISON", "COMPARE_EQUAL");
    comparison.put("left", left);
    comparison.put("right", right);
    return comparison;
  }

  /** CASE WHEN condition THEN value ELSE otherwise END. */
  static Map<String, Object> choice(Object condition, Object value, Object otherwise) {
    Map<String, Object> choice = expression("CASE", "CASE_EXPR");
    Map<String, Object> branch = new LinkedHashMap<>();
    branch.put("when_expr", condition);
    branch.put("then_expr", value);
    choice.put("case_checks", List.of(branch));
    choice.put("else_expr", otherwise);
    return choice;
  }

  /** A node of its own, down to its leaves. */
  static Map<String, Object> deep(Map<String, Object> node) {
    return map(Json.read(Json.write(node)));
  }

  static Map<String, Object> number(int value) {
    Map<String, Object> number = expression("CONSTANT", "VALUE_CONSTANT");
    Map<String, Object> literal = new LinkedHashMap<>();
    literal.put("kind", "INTEGER");
    literal.put("text", String.valueOf(value));
    number.put("literal", literal);
    return number;
  }

  private static Map<String, Object> expression(String kind, String type) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("class", kind);
    node.put("type", type);
    node.put("alias", "");
    node.put("query_location", new Json.Digits("18446744073709551615"));
    node.put("query_location_length", new Json.Digits("18446744073709551615"));
    return node;
  }
}
