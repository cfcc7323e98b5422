// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Expression.When;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.Typing;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Binds calls of scalar functions. */
final class FunctionBinder {
  private record Function(Operator operator, int least, int most, String usage) {}

  private static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          Map.entry("ABS", new Function(Operator.ABS, 1, 1, "ABS(x)")),
          Map.entry("CHAR_LENGTH", new Function(Operator.CHAR_LENGTH, 1, 1, "CHAR_LENGTH(text)")),
          Map.entry(
              "CHARACTER_LENGTH", new Function(Operator.CHAR_LENGTH, 1, 1, "CHAR_LENGTH(text)")),
          Map.entry("COALESCE", new Function(Operator.COALESCE, 1, 1000, "COALESCE(x, y, ...)")),
          Map.entry("LOWER", new Function(Operator.LOWER, 1, 1, "LOWER(text)")),
          Map.entry("MOD", new Function(Operator.MODULO, 2, 2, "MOD(x, y)")),
          Map.entry("POSITION", new Function(Operator.POSITION, 2, 2, "POSITION(part IN text)")),
          Map.entry("REPLACE", new Function(Operator.REPLACE, 3, 3, "REPLACE(text, old, new)")),
          Map.entry("ROUND", new Function(Operator.ROUND, 1, 2, "ROUND(x) or ROUND(x, digits)")),
          Map.entry("UPPER", new Function(Operator.UPPER, 1, 1, "UPPER(text)")));

  /** Functions with a syntax of their own, for suggestions. */
  private static final List<String> OTHERS =
      List.of("NULLIF", "DATE_TRUNC", "EXTRACT", "FLOOR", "CEIL", "TRIM", "SUBSTRING", "CAST");

  private final ExpressionBinder binder;

  FunctionBinder(ExpressionBinder binder) {
    this.binder = binder;
  }

  /** A call in the form {@code name(arguments)}. */
  Expression bind(SqlUnresolvedFunction function, SqlCall call) {
    String name = AggregateCall.name(function);
    Span span = binder.span(call);
    if (call instanceof SqlBasicCall basic && basic.getFunctionQuantifier() != null) {
      return binder.report(span, "DISTINCT is not allowed in " + name, "");
    }
    if (FUNCTIONS.containsKey(name)) {
      return plain(FUNCTIONS.get(name), call);
    }
    return switch (name) {
      case "NULLIF" -> nullIf(call);
      case "DATE_TRUNC" -> dateTrunc(call);
      default -> refuse(name, span);
    };
  }

  private Expression refuse(String name, Span span) {
    Refusals.Refusal refusal =
        FunctionRefusals.function(name)
            .orElseGet(() -> new Refusals.Refusal("unknown function " + name, suggestion(name)));
    return binder.report(span, refusal.message(), refusal.hint());
  }

  private static String suggestion(String name) {
    List<String> known = new ArrayList<>(FUNCTIONS.keySet());
    known.addAll(OTHERS);
    known.addAll(AggregateCall.names());
    known.sort(null);
    return Suggestion.didYouMean(name, known);
  }

  private Expression plain(Function function, SqlCall call) {
    int count = call.operandCount();
    if (count < function.least() || count > function.most()) {
      return wrongCount(call, function.usage());
    }
    return binder.apply(call, function.operator(), binder.bindAll(call.getOperandList()));
  }

  private Expression wrongCount(SqlCall call, String usage) {
    int count = call.operandCount();
    return binder.report(
        binder.span(call),
        "this call has " + count + (count == 1 ? " argument" : " arguments"),
        "write " + usage);
  }

  /** NULLIF(a, b) is CASE WHEN a = b THEN NULL ELSE a END. */
  private Expression nullIf(SqlCall call) {
    if (call.operandCount() != 2) {
      return wrongCount(call, "NULLIF(x, y)");
    }
    List<Expression> operands = binder.bindAll(call.getOperandList());
    Expression equal = binder.apply(call, Operator.EQUAL, operands);
    if (equal == null) {
      return null;
    }
    Expression value = operands.get(0);
    return binder.typed(
        call, () -> Typing.cases(List.of(new When(equal, new Literal(null, Type.VARCHAR))), value));
  }

  /** DATE_TRUNC('unit', x) is FLOOR(x TO unit). */
  private Expression dateTrunc(SqlCall call) {
    if (call.operandCount() != 2 || call.operand(0).getKind() != SqlKind.LITERAL) {
      return wrongCount(call, "DATE_TRUNC('unit', time), or FLOOR(time TO unit)");
    }
    Expression unit = binder.bind(call.operand(0));
    List<Expression> time = binder.bindAll(List.of(call.operand(1)));
    if (unit == null) {
      return null;
    }
    String name = String.valueOf(unit.asLiteral().map(Literal::value).orElse(""));
    return floor(call, name, binder.span(call.operand(0)), time);
  }

  Expression floorOrCeil(SqlCall call) {
    boolean floor = call.getKind() == SqlKind.FLOOR;
    if (call.operandCount() == 1) {
      Operator operator = floor ? Operator.FLOOR : Operator.CEIL;
      return binder.apply(call, operator, binder.bindAll(call.getOperandList()));
    }
    if (!floor || !(call.operand(1) instanceof SqlIntervalQualifier unit)) {
      Refusals.Refusal refusal = Refusals.construct(call.getKind());
      return binder.report(binder.span(call), refusal.message(), refusal.hint());
    }
    List<Expression> time = binder.bindAll(List.of(call.operand(0)));
    return floor(call, name(unit), binder.span(unit), time);
  }

  private Expression floor(SqlCall call, String unit, Span span, List<Expression> time) {
    Optional<Operator> operator = operator("FLOOR_", unit);
    if (operator.isEmpty()) {
      return binder.report(span, "cannot round down to '" + unit + "'", units("FLOOR_", unit));
    }
    return binder.apply(call, operator.get(), time);
  }

  Expression extract(SqlCall call) {
    List<Expression> time = binder.bindAll(List.of(call.operand(1)));
    if (!(call.operand(0) instanceof SqlIntervalQualifier unit)) {
      return binder.report(binder.span(call), "cannot extract this", units("EXTRACT_", ""));
    }
    Optional<Operator> operator = operator("EXTRACT_", name(unit));
    if (operator.isEmpty()) {
      return binder.report(
          binder.span(unit), "cannot extract '" + name(unit) + "'", units("EXTRACT_", name(unit)));
    }
    return binder.apply(call, operator.get(), time);
  }

  private static String name(SqlIntervalQualifier unit) {
    return unit.timeFrameName == null ? unit.getUnit().name() : unit.timeFrameName;
  }

  private static Optional<Operator> operator(String family, String unit) {
    String upper = unit.toUpperCase(Locale.ROOT);
    // PostgreSQL's name of the unit is plural
    String name = family + (upper.equals("MILLISECONDS") ? "MILLISECOND" : upper);
    return List.of(Operator.values()).stream()
        .filter(operator -> operator.name().equals(name))
        .findFirst();
  }

  private static String units(String family, String written) {
    List<String> units =
        List.of(Operator.values()).stream()
            .map(Operator::name)
            .filter(name -> name.startsWith(family))
            .map(name -> name.substring(family.length()))
            .toList();
    String near = Suggestion.didYouMean(written, units);
    return near.isEmpty() ? "units are " + String.join(", ", units) : near;
  }

  /** TRIM([side] [characters] FROM text). */
  Expression trim(SqlCall call) {
    SqlNode characters = call.operand(1);
    List<SqlNode> nodes = new ArrayList<>(List.of(call.<SqlNode>operand(2)));
    if (characters != null) {
      nodes.add(characters);
    }
    SqlTrimFunction.Flag side =
        ((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class);
    Operator operator =
        switch (side) {
          case BOTH -> Operator.TRIM_BOTH;
          case LEADING -> Operator.TRIM_LEADING;
          case TRAILING -> Operator.TRIM_TRAILING;
        };
    return binder.apply(call, operator, binder.bindAll(nodes));
  }
}
