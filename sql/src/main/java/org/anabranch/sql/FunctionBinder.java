// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Operator;
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
          Map.entry("BTRIM", new Function(Operator.TRIM_BOTH, 1, 2, "BTRIM(text, characters)")),
          Map.entry("CHAR_LENGTH", new Function(Operator.CHAR_LENGTH, 1, 1, "CHAR_LENGTH(text)")),
          Map.entry(
              "CHARACTER_LENGTH", new Function(Operator.CHAR_LENGTH, 1, 1, "CHAR_LENGTH(text)")),
          Map.entry("COALESCE", new Function(Operator.COALESCE, 1, 1000, "COALESCE(x, y, ...)")),
          Map.entry("EXP", new Function(Operator.EXP, 1, 1, "EXP(x)")),
          Map.entry("GREATEST", new Function(Operator.GREATEST, 1, 1000, "GREATEST(x, y, ...)")),
          Map.entry("LEAST", new Function(Operator.LEAST, 1, 1000, "LEAST(x, y, ...)")),
          Map.entry("LENGTH", new Function(Operator.CHAR_LENGTH, 1, 1, "LENGTH(text)")),
          Map.entry("LN", new Function(Operator.LN, 1, 1, "LN(x)")),
          Map.entry("LOG10", new Function(Operator.LOG10, 1, 1, "LOG10(x)")),
          Map.entry("LPAD", new Function(Operator.LPAD, 2, 3, "LPAD(text, length, fill)")),
          Map.entry("LOWER", new Function(Operator.LOWER, 1, 1, "LOWER(text)")),
          Map.entry("LTRIM", new Function(Operator.TRIM_LEADING, 1, 2, "LTRIM(text, characters)")),
          Map.entry("MOD", new Function(Operator.MODULO, 2, 2, "MOD(x, y)")),
          Map.entry("POSITION", new Function(Operator.POSITION, 2, 2, "POSITION(part IN text)")),
          Map.entry("POW", new Function(Operator.POWER, 2, 2, "POWER(x, y)")),
          Map.entry("POWER", new Function(Operator.POWER, 2, 2, "POWER(x, y)")),
          Map.entry("REPLACE", new Function(Operator.REPLACE, 3, 3, "REPLACE(text, old, new)")),
          Map.entry("REPEAT", new Function(Operator.REPEAT, 2, 2, "REPEAT(text, count)")),
          Map.entry("REVERSE", new Function(Operator.REVERSE, 1, 1, "REVERSE(text)")),
          Map.entry("RPAD", new Function(Operator.RPAD, 2, 3, "RPAD(text, length, fill)")),
          Map.entry(
              "SPLIT_PART",
              new Function(Operator.SPLIT_PART, 3, 3, "SPLIT_PART(text, separator, place)")),
          Map.entry("ROUND", new Function(Operator.ROUND, 1, 2, "ROUND(x) or ROUND(x, digits)")),
          Map.entry("RTRIM", new Function(Operator.TRIM_TRAILING, 1, 2, "RTRIM(text, characters)")),
          Map.entry("SIGN", new Function(Operator.SIGN, 1, 1, "SIGN(x)")),
          Map.entry("SQRT", new Function(Operator.SQRT, 1, 1, "SQRT(x)")),
          Map.entry(
              "SUBSTR", new Function(Operator.SUBSTRING, 2, 3, "SUBSTR(text, start, length)")),
          Map.entry("TRUNC", new Function(Operator.TRUNC, 1, 1, "TRUNC(x)")),
          Map.entry("UPPER", new Function(Operator.UPPER, 1, 1, "UPPER(text)")));

  /** Functions with a syntax of their own, for suggestions. */
  private static final List<String> OTHERS =
      List.of(
          "DATE_PART",
          "DATE_TRUNC",
          "EXTRACT",
          "FLOOR",
          "CEIL",
          "TRIM",
          "SUBSTRING",
          "CAST",
          "TRY_CAST");

  private final ExpressionBinder binder;

  FunctionBinder(ExpressionBinder binder) {
    this.binder = binder;
  }

  /** A call in the form {@code name(arguments)}. */
  Expression bind(SqlUnresolvedFunction function, SqlCall call) {
    String name = AggregateCall.name(function);
    Span span = binder.span(call);
    boolean known = names().contains(name);
    if (known && call instanceof SqlBasicCall basic && basic.getFunctionQuantifier() != null) {
      return binder.report(span, "DISTINCT is not allowed in " + name, "");
    }
    if (FUNCTIONS.containsKey(name)) {
      return plain(FUNCTIONS.get(name), call);
    }
    Optional<Spellings.Spelling> spelling = Spellings.of(name);
    if (spelling.isPresent()) {
      return spelt(spelling.get(), call);
    }
    return switch (name) {
      case "DATE_PART" -> datePart(call);
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

  /** The names of all scalar functions. */
  static List<String> names() {
    List<String> names = new ArrayList<>(FUNCTIONS.keySet());
    names.addAll(OTHERS);
    names.addAll(Spellings.names());
    return names;
  }

  private static String suggestion(String name) {
    List<String> known = names();
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

  private Expression spelt(Spellings.Spelling spelling, SqlCall call) {
    int count = call.operandCount();
    if (count < spelling.least() || count > spelling.most()) {
      return wrongCount(call, spelling.usage());
    }
    List<Expression> arguments = binder.bindAll(call.getOperandList());
    return arguments == null ? null : binder.typed(call, () -> spelling.of(arguments));
  }

  /** DATE_PART('field', x) is EXTRACT(field FROM x). */
  private Expression datePart(SqlCall call) {
    if (call.operandCount() != 2 || call.operand(0).getKind() != SqlKind.LITERAL) {
      return wrongCount(call, "DATE_PART('field', time), or EXTRACT(field FROM time)");
    }
    Expression field = binder.bind(call.operand(0));
    List<Expression> time = binder.bindAll(List.of(call.operand(1)));
    return field == null ? null : extract(call, text(field), binder.span(call.operand(0)), time);
  }

  private static String text(Expression constant) {
    return String.valueOf(constant.asLiteral().map(Literal::value).orElse(""));
  }

  /** DATE_TRUNC('unit', x) is FLOOR(x TO unit); with a zone, of the clock there. */
  private Expression dateTrunc(SqlCall call) {
    int count = call.operandCount();
    if (count < 2 || count > 3 || call.operand(0).getKind() != SqlKind.LITERAL) {
      return wrongCount(
          call,
          "DATE_TRUNC('unit', time), DATE_TRUNC('unit', time, 'zone') or FLOOR(time TO unit)");
    }
    Expression unit = binder.bind(call.operand(0));
    List<Expression> time = binder.bindAll(List.of(call.operand(1)));
    if (unit == null) {
      return null;
    }
    Span span = binder.span(call.operand(0));
    return count == 2
        ? floor(call, text(unit), span, time)
        : floor(call, text(unit), span, time, binder.bind(call.operand(2)));
  }

  private Expression floor(
      SqlCall call, String unit, Span span, List<Expression> time, Expression zone) {
    if (time == null || zone == null) {
      return null;
    }
    if (!time.get(0).type().isInstant()) {
      return binder.report(
          binder.span(call),
          "DATE_TRUNC with a zone takes a TIMESTAMP WITH TIME ZONE, not " + time.get(0).type(),
          "leave the zone out: the clock is already a region's");
    }
    Expression local = binder.apply(call, Operator.AT_TIME_ZONE, List.of(time.get(0), zone));
    Expression floor = local == null ? null : floor(call, unit, span, List.of(local));
    return floor == null ? null : binder.apply(call, Operator.AT_TIME_ZONE, List.of(floor, zone));
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
    return extract(call, name(unit), binder.span(unit), time);
  }

  private Expression extract(SqlCall call, String field, Span span, List<Expression> time) {
    Optional<Operator> operator = operator("EXTRACT_", field);
    if (operator.isEmpty()) {
      return binder.report(span, "cannot extract '" + field + "'", units("EXTRACT_", field));
    }
    return binder.apply(call, operator.get(), time);
  }

  private static String name(SqlIntervalQualifier unit) {
    return unit.timeFrameName == null ? unit.getUnit().name() : unit.timeFrameName;
  }

  private static Optional<Operator> operator(String family, String unit) {
    String upper = unit.toUpperCase(Locale.ROOT);
    // PostgreSQL's names of these units are plural
    boolean plural = upper.equals("MILLISECONDS") || upper.equals("MICROSECONDS");
    String name = family + (plural ? upper.substring(0, upper.length() - 1) : upper);
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
