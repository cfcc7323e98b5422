// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.Type;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Expression.When;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * What the select list and HAVING see: group keys, found again by their structure, followed by the
 * view's aggregates, which collect here without duplicates. The columns of that row are named
 * {@code key 1}, {@code key 2} ... {@code aggregate 1}, {@code aggregate 2} ...
 */
final class GroupScope implements Scope {
  private final Translation translation;
  private final Problems problems;
  private final Columns columns;
  private final List<Expression> keys;
  private final boolean keysComplete;
  private final List<Aggregate> aggregates = new ArrayList<>();
  private RowScope row;

  GroupScope(Translation translation, Problems problems, Columns columns, GroupKeys keys) {
    this.translation = translation;
    this.problems = problems;
    this.columns = columns;
    this.keys = keys.expressions();
    this.keysComplete = keys.complete();
    enter(new RowScope(columns, "SELECT", problems, translation.span(), Set.of()));
  }

  /** Says which clause is bound next. */
  void enter(RowScope clause) {
    row = clause;
  }

  List<Aggregate> aggregates() {
    return List.copyOf(aggregates);
  }

  @Override
  public Optional<Expression> whole(SqlNode node) {
    if (keys.isEmpty() || AggregateCall.isIn(node) || AggregateCall.isStar(node)) {
      return Optional.empty();
    }
    Problems aside = new Problems(problems.source());
    Scope quiet = new RowScope(columns, "GROUP BY", aside, translation.span(), Set.of());
    Expression bound = new ExpressionBinder(translation, quiet, aside).bind(node);
    for (int i = 0; bound != null && i < keys.size(); i++) {
      if (keys.get(i).canonical().equals(bound.canonical())) {
        return Optional.of(new ColumnReference(i, "key " + (i + 1), bound.type()));
      }
    }
    return Optional.empty();
  }

  @Override
  public Expression column(SqlIdentifier name) {
    Expression found = row.column(name);
    if (found != null && keysComplete) {
      problems.add(
          Grammar.span(name, translation.span()),
          "column '"
              + ((ColumnReference) found).name()
              + "' must appear in GROUP BY or be used in an aggregate",
          keys.isEmpty() ? "write GROUP BY " + name : "");
    }
    return null;
  }

  @Override
  public Expression aggregate(AggregateCall call) {
    Scope inside = new RowScope(columns, AggregateCall.CLAUSE, problems, call.span(), Set.of());
    ExpressionBinder binder = new ExpressionBinder(translation, inside, problems);
    Optional<Expression> filter =
        call.filter().map(node -> binder.bindCondition(node, "FILTER (WHERE ...)"));
    boolean filterFails = call.filter().isPresent() && filter.isEmpty();
    List<Expression> arguments = conditions(call, binder, arguments(call, binder));
    Double parameter = arguments == null ? null : parameter(call, binder);
    if (parameter == null || filterFails) {
      return null;
    }
    return reference(call, binder, arguments, parameter, filter);
  }

  /** What is kept of a condition: 1 where it is true, 0 where it is false and that matters. */
  private static List<Expression> conditions(
      AggregateCall call, ExpressionBinder binder, List<Expression> arguments) {
    if (arguments == null || !call.isOfCondition()) {
      return arguments;
    }
    Expression condition = arguments.get(0);
    Expression number =
        binder.typed(
            call.operands().get(0),
            () -> {
              List<When> branches = new ArrayList<>();
              branches.add(new When(condition, new Literal(1L, Type.INTEGER)));
              if (call.isTruth()) {
                Expression not = Typing.call(Operator.NOT, List.of(condition));
                branches.add(new When(not, new Literal(0L, Type.INTEGER)));
              }
              return Typing.cases(branches, null);
            });
    return number == null ? null : List.of(number);
  }

  private List<Expression> arguments(AggregateCall call, ExpressionBinder binder) {
    if (call.function() == AggregateFunction.COUNT_ROWS) {
      return call.distinct() ? refuse(call, "COUNT(DISTINCT *) is not supported", "") : List.of();
    }
    if (call.distinct() && call.function() != AggregateFunction.COUNT_DISTINCT) {
      return refuse(
          call,
          call.name() + "(DISTINCT ...) is not supported",
          call.name().equals("MIN") || call.name().equals("MAX")
              ? "write " + call.name() + "(x): DISTINCT changes nothing"
              : "COUNT(DISTINCT x) is; a query knows the others");
    }
    int wanted = countOf(call.function());
    if (call.operands().size() != wanted) {
      int count = call.operands().size();
      return refuse(
          call,
          call.name() + " has " + count + (count == 1 ? " argument" : " arguments"),
          "write " + usage(call));
    }
    boolean percentile = call.function() == AggregateFunction.APPROX_PERCENTILE;
    return binder.bindAll(percentile ? call.operands().subList(0, 1) : call.operands());
  }

  private static int countOf(AggregateFunction function) {
    return switch (function) {
      case APPROX_PERCENTILE, ARG_MIN, ARG_MAX -> 2;
      default -> 1;
    };
  }

  private static String usage(AggregateCall call) {
    return switch (call.function()) {
      case COUNT_DISTINCT -> "COUNT(DISTINCT x), or COUNT(DISTINCT a || '/' || b) for pairs";
      case COUNT -> "COUNT(*) or COUNT(x)";
      case APPROX_PERCENTILE -> "APPROX_PERCENTILE(x, 0.95)";
      case ARG_MIN, ARG_MAX -> call.name() + "(x, time)";
      default -> call.name() + "(x)";
    };
  }

  /** APPROX_PERCENTILE's share, 0 for the others, null after a problem. */
  private Double parameter(AggregateCall call, ExpressionBinder binder) {
    if (call.function() != AggregateFunction.APPROX_PERCENTILE) {
      return 0.0;
    }
    SqlNode node = call.operands().get(1);
    Expression share = binder.bind(node);
    if (share == null) {
      return null;
    }
    double value =
        share instanceof Literal literal && literal.value() instanceof Number number
            ? number.doubleValue()
            : -1;
    if (!(value >= 0 && value <= 1)) {
      problems.add(
          binder.span(node),
          "the share of APPROX_PERCENTILE must be a number from 0 to 1",
          "write 0.95 for the 95th percentile");
      return null;
    }
    return value;
  }

  private Expression reference(
      AggregateCall call,
      ExpressionBinder binder,
      List<Expression> arguments,
      double parameter,
      Optional<Expression> filter) {
    try {
      List<Type> types = arguments.stream().map(Expression::type).toList();
      Type type = Accumulators.typeOf(call.function(), types);
      Expression kept =
          reference(new Aggregate(call.function(), arguments, parameter, filter, type));
      return call.isTruth()
          ? Typing.call(Operator.EQUAL, List.of(kept, new Literal(1L, Type.INTEGER)))
          : kept;
    } catch (TypeException e) {
      return binder.report(call.span(), e.getMessage(), "");
    }
  }

  private Expression reference(Aggregate aggregate) {
    String canonical = aggregate.canonical();
    List<String> known = aggregates.stream().map(Aggregate::canonical).toList();
    int index = known.indexOf(canonical);
    if (index < 0) {
      index = aggregates.size();
      aggregates.add(aggregate);
    }
    return new ColumnReference(keys.size() + index, "aggregate " + (index + 1), aggregate.type());
  }

  private List<Expression> refuse(AggregateCall call, String message, String hint) {
    problems.add(call.span(), message, hint);
    return null;
  }
}
