// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    return new SqlText(column -> name(column.name())).inside(expression, SqlPrecedence.WHOLE);
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
    return SqlPrecedence.infix(call.operator())
        .map(infix -> infix(call, infix))
        .orElseGet(() -> special(call, call.arguments()));
  }

  private String infix(Call call, SqlPrecedence.Infix infix) {
    List<Expression> arguments = call.arguments();
    boolean chain = infix.level() <= SqlPrecedence.AND;
    StringBuilder text =
        new StringBuilder(
            inside(arguments.get(0), SqlPrecedence.leftLevel(arguments.get(0), call, infix)));
    for (Expression argument : arguments.subList(1, arguments.size())) {
      text.append(' ').append(infix.sign()).append(' ');
      text.append(inside(argument, chain ? infix.level() : infix.level() + 1));
    }
    return text.toString();
  }

  private String inside(Expression expression, int level) {
    String text = text(expression);
    return SqlPrecedence.level(expression) < level ? '(' + text + ')' : text;
  }

  private String special(Call call, List<Expression> arguments) {
    String name = call.operator().name();
    return switch (call.operator()) {
      case NOT -> "NOT " + inside(arguments.get(0), SqlPrecedence.COMPARISON);
      case NEGATE -> "-" + inside(arguments.get(0), SqlPrecedence.WHOLE);
      case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
          inside(arguments.get(0), SqlPrecedence.SUM) + " " + name.replace('_', ' ');
      case IN ->
          inside(arguments.get(0), SqlPrecedence.SUM)
              + " IN "
              + list(arguments.subList(1, arguments.size()));
      case LIKE -> like(arguments);
      case AT_TIME_ZONE ->
          inside(arguments.get(0), SqlPrecedence.WHOLE) + " AT TIME ZONE " + text(arguments.get(1));
      case TRIM_BOTH, TRIM_LEADING, TRIM_TRAILING ->
          "TRIM(%s %s FROM %s)"
              .formatted(name.substring(5), text(arguments.get(1)), text(arguments.get(0)));
      case POSITION ->
          "POSITION("
              + inside(arguments.get(0), SqlPrecedence.SUM)
              + " IN "
              + text(arguments.get(1))
              + ")";
      case SUBSTRING -> substring(arguments);
      case TRY_CAST -> "TRY_CAST(" + text(arguments.get(0)) + " AS " + call.type() + ")";
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
    return inside(arguments.get(0), SqlPrecedence.SUM)
        + " LIKE "
        + text(arguments.get(1))
        + (usual ? "" : " ESCAPE " + text(arguments.get(2)));
  }

  private String list(List<Expression> arguments) {
    return arguments.stream().map(this::text).collect(Collectors.joining(", ", "(", ")"));
  }
}
