// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.view.expression.Expression;

/**
 * How large a query is for DuckDB, which plans it in memory that has no limit and on a stack that
 * overflows with the process: its nodes, each as often as macros and common tables repeat it, its
 * nesting, and the columns that stars make.
 */
final class QuerySize {
  /** What a SELECT or a table weighs: planning it takes as long as that of many expressions. */
  private static final int QUERY_NODES = 50;

  private static final long MOST_NODES = 50_000;
  private static final int DEEPEST = 400;
  private static final int QUERY_DEPTH = 8;
  private static final long MOST_COLUMNS = 2_000;

  private final Refusals refusals;
  private long nodes;
  private int depth;

  QuerySize(Refusals refusals) {
    this.refusals = refusals;
  }

  long nodes() {
    return nodes;
  }

  /** Walks the inside of an expression. */
  Expression expression(Map<String, Object> node, Supplier<Expression> inside) {
    add(node, 1);
    Expression[] found = new Expression[1];
    nested(node, 1, () -> found[0] = inside.get());
    return found[0];
  }

  /** Walks the inside of a SELECT, a set operation or a join. */
  void query(Map<String, Object> node, Runnable inside) {
    add(node, QUERY_NODES);
    nested(node, QUERY_DEPTH, inside);
  }

  private void nested(Map<String, Object> node, int levels, Runnable inside) {
    depth += levels;
    if (depth > DEEPEST) {
      throw refusals.refused(node, "such deep nesting", ": name parts of it with WITH");
    }
    inside.run();
    depth -= levels;
  }

  /** Counts what stands here once more. */
  void add(Map<String, Object> node, long more) {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw refusals.refused(node, "so large an expression", ": ask for less in one query");
    }
  }

  /** Counts what was walked since then as often as a macro around it repeats it. */
  void repeat(Map<String, Object> node, long before, int times) {
    nodes += (nodes - before) * (times - 1);
    add(node, 0);
  }

  /** The columns of a query or a join, if they are not too many. */
  long columns(Map<String, Object> node, long columns) {
    if (columns > MOST_COLUMNS) {
      throw refusals.refused(
          node, columns + " columns", ": at most " + MOST_COLUMNS + " are, name those you need");
    }
    return columns;
  }
}
