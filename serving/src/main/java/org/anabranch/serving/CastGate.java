// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.call;
import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.number;
import static org.anabranch.serving.Tree.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TemporalText;

/** Lets casts to our types through, as calls of our functions. */
final class CastGate {
  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          Map.entry("BOOLEAN", Type.BOOLEAN),
          Map.entry("BOOL", Type.BOOLEAN),
          Map.entry("INTEGER", Type.INTEGER),
          Map.entry("INT", Type.INTEGER),
          Map.entry("INT4", Type.INTEGER),
          Map.entry("BIGINT", Type.BIGINT),
          Map.entry("INT8", Type.BIGINT),
          Map.entry("DOUBLE", Type.DOUBLE),
          Map.entry("FLOAT8", Type.DOUBLE),
          Map.entry("VARCHAR", Type.VARCHAR),
          Map.entry("TEXT", Type.VARCHAR),
          Map.entry("DATE", Type.DATE),
          Map.entry("TIMESTAMP", Type.TIMESTAMP),
          Map.entry("TIMESTAMP_MS", Type.TIMESTAMP),
          Map.entry("TIMESTAMP WITH TIME ZONE", Type.INSTANT),
          Map.entry("TIMESTAMPTZ", Type.INSTANT));

  private static final Pattern INTERVAL =
      Pattern.compile(
          "\\s*([+-]?[0-9]{1,8})\\s+(year|quarter|month|week|day|hour|minute|second)s?\\s*",
          Pattern.CASE_INSENSITIVE);

  /** How often the macros of casts name what is cast. */
  private static final int REPEATED = 3;

  private final ExpressionGate expressions;
  private final Refusals refusals;
  private final QuerySize size;
  private final TypeGate types;

  CastGate(ExpressionGate expressions, Refusals refusals, QuerySize size, TypeGate types) {
    this.expressions = expressions;
    this.refusals = refusals;
    this.size = size;
    this.types = types;
  }

  Expression cast(Map<String, Object> node, Scope scope) {
    refusals.only(node, "child", "type_expr", "try_cast");
    if (isInterval(node)) {
      return expressions.expression(interval(node), scope);
    }
    long before = size.nodes();
    Expression operand = expressions.one(node, "child", scope);
    size.repeat(node, before, REPEATED);
    Map<String, Object> written = map(node.get("type_expr"));
    refusals.only(written, "type_name", "children", "qualified_name");
    refusals.unqualified(written, "type");
    Type type = type(node, written);
    if (Boolean.TRUE.equals(node.get("try_cast"))) {
      return attempted(node, operand, type);
    }
    Expression result = types.cast(node, operand, type);
    Map<String, Object> child = map(node.get("child"));
    boolean narrower = type.isTime() && !type.isMicros();
    boolean finer = operand == null || operand.type().isMicros();
    Tree.replace(
        node,
        narrower && finer ? Tree.call(rounding(type), List.of(child)) : converted(child, type));
    return result;
  }

  private static String rounding(Type type) {
    return type.isInstant() ? "round_instant" : "round_timestamp";
  }

  /** TRY_CAST, of a text. */
  private Expression attempted(Map<String, Object> node, Expression operand, Type type) {
    Map<String, Object> child = map(node.get("child"));
    if (operand == null) {
      throw refusals.refused(
          node, "TRY_CAST of what has no certain type", ": CAST it to VARCHAR first");
    }
    Expression result = types.tryCast(node, operand, type);
    if (type.kind() == Type.Kind.VARCHAR) {
      Tree.replace(node, converted(child, type));
      return result;
    }
    List<Object> read = new ArrayList<>(List.of(Tree.text(type.kind().name()), child));
    if (type.kind() == Type.Kind.DECIMAL) {
      read.set(0, Tree.text("VARCHAR"));
      read.add(Tree.cast(number(type.precision()), "VARCHAR"));
      read.add(Tree.cast(number(type.scale()), "VARCHAR"));
    }
    Tree.replace(node, Tree.cast(call("try_read", read), SqlTypes.name(type)));
    return TypeGate.of(type);
  }

  /** The parser makes a cast of INTERVAL '1 day', whose type is not written behind AS. */
  private boolean isInterval(Map<String, Object> node) {
    return !refusals.isPlaced(map(node.get("type_expr")))
        && text(map(node.get("type_expr")), "type_name").equalsIgnoreCase("INTERVAL")
        && TypeGate.isText(map(node.get("child")));
  }

  /** INTERVAL '1 day' is INTERVAL '1' DAY. */
  private Map<String, Object> interval(Map<String, Object> node) {
    String written = text(map(map(node.get("child")).get("literal")), "text");
    Map<String, Object> interval = interval(written);
    if (interval == null) {
      throw refusals.refused(
          node, "the interval '" + written + "'", ": write one number and a unit, as '1' DAY");
    }
    Tree.replace(node, interval);
    return node;
  }

  /** The interval of a text of a number and a unit, or null. */
  static Map<String, Object> interval(String written) {
    Matcher matcher = INTERVAL.matcher(written);
    if (!matcher.matches()) {
      return null;
    }
    boolean quarter = matcher.group(2).equalsIgnoreCase("quarter");
    String unit = quarter ? "month" : matcher.group(2).toLowerCase(Locale.ROOT);
    int count = Integer.parseInt(matcher.group(1)) * (quarter ? 3 : 1);
    return Tree.function("to_" + unit + "s", List.of(number(count)));
  }

  private Type type(Map<String, Object> node, Map<String, Object> written) {
    String name = text(written, "type_name").toUpperCase(Locale.ROOT);
    List<Object> parameters = list(written.get("children"));
    if (name.equals("DECIMAL") || name.equals("NUMERIC") || name.equals("DEC")) {
      return decimal(node, parameters);
    }
    boolean digits = name.startsWith("TIMESTAMP") && refusals.precision(written).isPresent();
    Type type = TYPES.get(digits && !name.contains(" ") ? name.split("_", 2)[0] : name);
    if (type == null || (!parameters.isEmpty() && !name.equals("TIMESTAMP"))) {
      throw refusals.refused(
          node,
          "the type " + name + (parameters.isEmpty() ? "" : "(...)"),
          ": there are BOOLEAN, INTEGER, BIGINT, DOUBLE, DECIMAL(p, s), VARCHAR, DATE,"
              + " TIMESTAMP(3), TIMESTAMP(6), both WITH TIME ZONE");
    }
    return type.isTime() ? time(node, written, type) : type;
  }

  /** The parser drops the digits of a time, which the query's text has; a literal has its own. */
  private Type time(Map<String, Object> node, Map<String, Object> written, Type type) {
    OptionalInt digits = refusals.precision(written);
    if (digits.isPresent() && digits.getAsInt() != 3 && digits.getAsInt() != 6) {
      throw refusals.refused(
          node,
          "TIMESTAMP(" + digits.getAsInt() + ")",
          ": write TIMESTAMP(3) or TIMESTAMP(6), times are kept in milli- or microseconds");
    }
    Map<String, Object> child = map(node.get("child"));
    boolean finer =
        digits.isEmpty()
            && refusals.isSamePlace(node, written)
            && TypeGate.isText(child)
            && TemporalText.isFinerThanMillis(text(map(child.get("literal")), "text"));
    return finer || digits.orElse(3) == 6 ? type.inMicros() : type;
  }

  private Type decimal(Map<String, Object> node, List<Object> parameters) {
    List<Integer> numbers = parameters.stream().map(one -> digits(node, map(one))).toList();
    int precision = numbers.isEmpty() ? 0 : numbers.get(0);
    int scale = numbers.size() < 2 ? 0 : numbers.get(1);
    if (precision < 1 || precision > Type.MAX_PRECISION || scale > precision) {
      throw refusals.refused(
          node, "this DECIMAL", ": write DECIMAL(p, s) with 1 <= p <= 38, s <= p");
    }
    return Type.decimal(precision, scale);
  }

  private int digits(Map<String, Object> node, Map<String, Object> constant) {
    refusals.only(constant, "literal");
    Map<String, Object> literal = map(constant.get("literal"));
    if (!"INTEGER".equals(literal.get("kind")) || !text(literal, "text").matches("[0-9]{1,2}")) {
      throw refusals.refused(node, "this DECIMAL", ": write DECIMAL(p, s) with numbers up to 38");
    }
    return Integer.parseInt(text(literal, "text"));
  }

  /** Makes a constant text the value of a type that our rules read from it. */
  static void read(Map<String, Object> node, Type type) {
    Map<String, Object> constant = Tree.copy(node);
    Tree.replace(node, converted(constant, type));
  }

  /** CAST(x AS DECIMAL(p, s)) is CAST(to_decimal(x, p, s) AS DECIMAL(p, s)). */
  private static Map<String, Object> converted(Map<String, Object> child, Type type) {
    return switch (type.kind()) {
      case DECIMAL ->
          Tree.cast(
              call("to_decimal", List.of(child, number(type.precision()), number(type.scale()))),
              SqlTypes.name(type));
      case VARCHAR -> call("text", List.of(child));
      default ->
          call(
              "to_" + type.kind().name().toLowerCase(Locale.ROOT), new ArrayList<>(List.of(child)));
    };
  }
}
