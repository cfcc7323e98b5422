// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.Case;
import org.anabranch.view.expression.Expression.Cast;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;

/**
 * Writes expressions as one would write them in SQL, for people: what identifies a fold is {@link
 * Expression#canonical}. Conversions that {@link Typing} makes by itself are left out, parentheses
 * stand only where they are needed.
 */
public final class SqlText {
  private static final int OR = 1;
  private static final int AND = 2;
  private static final int NOT = 3;
  private static final int COMPARISON = 4;
  private static final int SUM = 5;
  private static final int PRODUCT = 6;
  private static final int SIGN = 7;
  private static final int WHOLE = 8;

  private static final Map<Operator, Infix> INFIX =
      Map.ofEntries(
          Map.entry(Operator.OR, new Infix("OR", OR)),
          Map.entry(Operator.AND, new Infix("AND", AND)),
          Map.entry(Operator.EQUAL, new Infix("=", COMPARISON)),
          Map.entry(Operator.NOT_EQUAL, new Infix("<>", COMPARISON)),
          Map.entry(Operator.LESS, new Infix("<", COMPARISON)),
          Map.entry(Operator.LESS_OR_EQUAL, new Infix("<=", COMPARISON)),
          Map.entry(Operator.GREATER, new Infix(">", COMPARISON)),
          Map.entry(Operator.GREATER_OR_EQUAL, new Infix(">=", COMPARISON)),
          Map.entry(Operator.IS_DISTINCT_FROM, new Infix("IS DISTINCT FROM", COMPARISON)),
          Map.entry(Operator.IS_NOT_DISTINCT_FROM, new Infix("IS NOT DISTINCT FROM", COMPARISON)),
          Map.entry(Operator.ADD, new Infix("+", SUM)),
          Map.entry(Operator.ADD_INTERVAL, new Infix("+", SUM)),
          Map.entry(Operator.SUBTRACT, new Infix("-", SUM)),
          Map.entry(Operator.TIME_BETWEEN, new Infix("-", SUM)),
          Map.entry(Operator.CONCAT, new Infix("||", SUM)),
          Map.entry(Operator.MULTIPLY, new Infix("*", PRODUCT)),
          Map.entry(Operator.DIVIDE, new Infix("/", PRODUCT)),
          Map.entry(Operator.MODULO, new Infix("%", PRODUCT)));

  /** Words of SQL that no expression reads as a name. */
  private static final Set<String> RESERVED =
      Set.of(
          ("all and any as between both by case cast check constraint create cross default distinct"
                  + " drop else end except exists false fetch filter for from full group having in"
                  + " inner intersect interval into is join leading left like limit natural not null"
                  + " of offset on or order outer over primary references right row rows select set"
                  + " some table then to trailing true union unique update user using values when"
                  + " where window with")
              .split(" "));

  private final Function<ColumnReference, String> columns;

  private SqlText(Function<ColumnReference, String> columns) {
    this.columns = columns;
  }

  /** How an operator between its operands is written, and how tightly it binds. */
  private record Infix(String sign, int level) {}

  /** The SQL of an expression over columns. */
  public static String of(Expression expression) {
    return of(expression, column -> name(column.name()));
  }

  /**
   * The SQL of an expression.
   *
   * @param columns what stands for a column, binding as tightly as a name does
   */
  public static String of(Expression expression, Function<ColumnReference, String> columns) {
    return new SqlText(columns).text(expression);
  }

  /** A name, in quotes where it needs them. */
  public static String name(String name) {
    boolean plain =
        name.matches("[A-Za-z_][A-Za-z0-9_]*") && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The SQL of an expression that binds at least as tightly as a name. */
  public static String whole(Expression expression) {
    return new SqlText(column -> name(column.name())).inside(expression, WHOLE);
  }

  private String text(Expression expression) {
    if (expression instanceof ColumnReference column) {
      return columns.apply(column);
    }
    if (expression instanceof Literal literal) {
      return LiteralText.of(literal);
    }
    if (expression instanceof Cast cast) {
      return "CAST(" + text(cast.operand()) + " AS " + cast.type() + ")";
    }
    if (expression instanceof Case cases) {
      return text(cases);
    }
    return text(written((Call) expression));
  }

  private String text(Case cases) {
    StringBuilder text = new StringBuilder("CASE");
    for (Expression.When when : cases.branches()) {
      text.append(" WHEN ").append(text(when.condition()));
      text.append(" THEN ").append(text(when.value()));
    }
    boolean otherwise = cases.otherwise().asLiteral().filter(one -> one.value() == null).isEmpty();
    return text.append(otherwise ? " ELSE " + text(cases.otherwise()) : "")
        .append(" END")
        .toString();
  }

  /** Without what Typing puts back: casts, and DOUBLE where an exact constant bends to it. */
  private static Call written(Call call) {
    Call shorter = call;
    for (int i = 0; i < call.arguments().size(); i++) {
      Expression plain = plain(call.arguments().get(i));
      List<Expression> arguments = new ArrayList<>(shorter.arguments());
      arguments.set(i, plain);
      if (isTyped(call, arguments)) {
        shorter = new Call(call.operator(), arguments, call.type());
      }
    }
    return shorter;
  }

  private static Expression plain(Expression argument) {
    if (argument instanceof Cast cast) {
      return cast.operand();
    }
    return argument instanceof Literal literal ? LiteralText.exact(literal) : argument;
  }

  private static boolean isTyped(Call call, List<Expression> arguments) {
    try {
      return Typing.call(call.operator(), arguments).equals(call);
    } catch (TypeException e) {
      return false;
    }
  }

  private String text(Call call) {
    Infix infix = INFIX.get(call.operator());
    return infix != null ? infix(call, infix) : special(call, call.arguments());
  }

  private String infix(Call call, Infix infix) {
    List<Expression> arguments = call.arguments();
    boolean chain = infix.level() <= AND;
    StringBuilder text =
        new StringBuilder(inside(arguments.get(0), leftLevel(arguments.get(0), call, infix)));
    for (Expression argument : arguments.subList(1, arguments.size())) {
      text.append(' ').append(infix.sign()).append(' ');
      text.append(inside(argument, chain ? infix.level() : infix.level() + 1));
    }
    return text.toString();
  }

  /** {@code a - b - c} is {@code (a - b) - c}; {@code ||} beside {@code +} is hard to read. */
  private static int leftLevel(Expression left, Call call, Infix infix) {
    boolean mixed =
        left instanceof Call inner
            && (inner.operator() == Operator.CONCAT) != (call.operator() == Operator.CONCAT);
    return infix.level() == COMPARISON || mixed ? infix.level() + 1 : infix.level();
  }

  private String inside(Expression expression, int level) {
    String text = text(expression);
    return level(expression) < level ? '(' + text + ')' : text;
  }

  private static int level(Expression expression) {
    if (expression instanceof Literal literal) {
      return LiteralText.isSigned(literal) ? SIGN : WHOLE;
    }
    if (!(expression instanceof Call call)) {
      return WHOLE;
    }
    Infix infix = INFIX.get(call.operator());
    if (infix != null) {
      return infix.level();
    }
    return switch (call.operator()) {
      case NOT -> NOT;
      case NEGATE, AT_TIME_ZONE -> SIGN;
      case IN, LIKE, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          COMPARISON;
      default -> WHOLE;
    };
  }

  private String special(Call call, List<Expression> arguments) {
    String name = call.operator().name();
    return switch (call.operator()) {
      case NOT -> "NOT " + inside(arguments.get(0), COMPARISON);
      case NEGATE -> "-" + inside(arguments.get(0), WHOLE);
      case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          inside(arguments.get(0), SUM) + " " + name.replace('_', ' ');
      case IN ->
          inside(arguments.get(0), SUM) + " IN " + list(arguments.subList(1, arguments.size()));
      case LIKE -> like(arguments);
      case AT_TIME_ZONE ->
          inside(arguments.get(0), WHOLE) + " AT TIME ZONE " + text(arguments.get(1));
      case TRIM_BOTH, TRIM_LEADING, TRIM_TRAILING ->
          "TRIM(%s %s FROM %s)"
              .formatted(name.substring(5), text(arguments.get(1)), text(arguments.get(0)));
      case POSITION ->
          "POSITION(" + inside(arguments.get(0), SUM) + " IN " + text(arguments.get(1)) + ")";
      case SUBSTRING -> substring(arguments);
      default -> function(name, arguments);
    };
  }

  private String function(String name, List<Expression> arguments) {
    if (name.startsWith("EXTRACT_")) {
      return "EXTRACT(" + name.substring(8) + " FROM " + text(arguments.get(0)) + ")";
    }
    if (name.startsWith("FLOOR_")) {
      return "FLOOR(" + text(arguments.get(0)) + " TO " + name.substring(6) + ")";
    }
    return name + list(arguments);
  }

  private String substring(List<Expression> arguments) {
    return "SUBSTRING("
        + text(arguments.get(0))
        + " FROM "
        + text(arguments.get(1))
        + (arguments.size() > 2 ? " FOR " + text(arguments.get(2)) : "")
        + ")";
  }

  private String like(List<Expression> arguments) {
    boolean usual = arguments.get(2).asLiteral().filter(e -> "\\".equals(e.value())).isPresent();
    return inside(arguments.get(0), SUM)
        + " LIKE "
        + text(arguments.get(1))
        + (usual ? "" : " ESCAPE " + text(arguments.get(2)));
  }

  private String list(List<Expression> arguments) {
    return arguments.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"));
  }
}
