// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.engine.operator.Compiler;
import org.anabranch.engine.operator.Input;
import org.anabranch.engine.operator.Selection;
import org.anabranch.engine.operator.VectorOperator;
import org.anabranch.engine.state.StateColumns;
import org.anabranch.view.Fold;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.expression.Expression;

/**
 * A fold compiled: its expressions as stages in the order in which they are specified to be
 * computed, each only once however often it is used.
 */
final class FoldPlan {
  private final Fold fold;
  private final Compiler compiler;
  private final Selection looked = new Selection();
  private final Condition where;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Argument> keys = new ArrayList<>();
  private final List<AggregatePlan> aggregates = new ArrayList<>();
  private final Map<Expression, Condition> conditions = new HashMap<>();
  private final Map<Placed, Argument> arguments = new HashMap<>();

  /** An expression and what selects the rows it is computed for. */
  private record Placed(Expression expression, Condition under) {}

  FoldPlan(Fold fold) {
    this.fold = fold;
    this.compiler = new Compiler(fold.schema().size());
    this.where =
        new Condition(
            fold.filter().map(compiler::compile).orElse(null),
            fold.filter().filter(this::isWindowed).isPresent(),
            looked);
    stages.add(where);
    fold.keys().forEach(key -> keys.add(argument(key, where)));
    fold.aggregates().forEach(aggregate -> aggregates.add(plan(aggregate)));
  }

  /** What reads chunks for the stages. */
  Input input() {
    boolean[] used = new boolean[fold.schema().size()];
    for (String name : fold.columns()) {
      used[fold.schema().indexOf(name).orElseThrow()] = true;
    }
    return new Input(fold.schema(), used);
  }

  Optional<VectorOperator> windowTime() {
    return fold.window().map(Window::time).map(compiler::compile);
  }

  /** The rows that are looked at; to be filled before stages are evaluated. */
  Selection looked() {
    return looked;
  }

  Condition where() {
    return where;
  }

  List<Stage> stages() {
    return stages;
  }

  List<Argument> keys() {
    return keys;
  }

  List<AggregatePlan> aggregates() {
    return aggregates;
  }

  private AggregatePlan plan(Aggregate aggregate) {
    Condition filter = aggregate.filter().map(this::condition).orElse(where);
    List<Argument> used =
        aggregate.arguments().stream().map(each -> argument(each, filter)).toList();
    return new AggregatePlan(StateColumns.of(aggregate), filter, used);
  }

  private Condition condition(Expression expression) {
    return conditions.computeIfAbsent(
        expression,
        ignored -> {
          boolean windowed = isWindowed(expression) || where.isWindowed();
          Condition condition =
              new Condition(compiler.compile(expression), windowed, where.matching());
          stages.add(condition);
          return condition;
        });
  }

  private Argument argument(Expression expression, Condition under) {
    return arguments.computeIfAbsent(
        new Placed(expression, under),
        ignored -> {
          boolean windowed = isWindowed(expression) || under.isWindowed();
          boolean mayFail = !(expression instanceof Expression.ColumnReference);
          Argument argument = new Argument(compiler.compile(expression), windowed, mayFail, under);
          stages.add(argument);
          return argument;
        });
  }

  private boolean isWindowed(Expression expression) {
    return (expression instanceof Expression.ColumnReference column
            && column.index() >= fold.windowColumn())
        || expression.children().stream().anyMatch(this::isWindowed);
  }
}
