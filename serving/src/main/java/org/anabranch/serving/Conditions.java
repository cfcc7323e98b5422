// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Comparison;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.segment.ShownGroup;

/** Filters with their columns found and their values read. */
final class Conditions {
  /** A test of the column at {@code index} against values of its type. */
  record Condition(int index, Type type, Filter.Test test, List<Object> values) {
    /** A cell that cannot be compared passes, so that it is seen. */
    boolean holds(ShownGroup group) {
      Object value = group.comparable(index);
      boolean undecided = value == null && group.problem(index).isPresent();
      return undecided || holds(value);
    }

    private boolean holds(Object value) {
      if (value == null || test == Filter.Test.IS_NOT_NULL) {
        return test == (value == null ? Filter.Test.IS_NULL : Filter.Test.IS_NOT_NULL);
      }
      return values.stream().anyMatch(other -> holds(Comparison.compare(value, other, type)));
    }

    private boolean holds(int order) {
      return switch (test) {
        case EQUAL, IN -> order == 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
        case IS_NULL, IS_NOT_NULL -> false;
      };
    }
  }

  private final List<Condition> all;

  private Conditions(List<Condition> all) {
    this.all = all;
  }

  static Conditions of(String relation, Schema schema, List<Filter> filters) {
    return new Conditions(
        filters.stream().map(filter -> condition(relation, schema, filter)).toList());
  }

  List<Condition> all() {
    return all;
  }

  boolean hold(ShownGroup row) {
    for (Condition condition : all) {
      if (!condition.holds(row)) {
        return false;
      }
    }
    return true;
  }

  private static Condition condition(String relation, Schema schema, Filter filter) {
    int index = index(relation, schema, filter.column());
    Column column = schema.column(index);
    List<Object> values = new ArrayList<>();
    for (String text : filter.values()) {
      try {
        values.add(Conversions.convert(text, Type.VARCHAR, column.type()));
      } catch (EvaluationException e) {
        throw new ServingException(
            ServingException.Reason.REFUSED,
            "Cannot compare column "
                + column.name()
                + " of "
                + relation
                + ", which is "
                + column.type()
                + ": "
                + e.getMessage(),
            e);
      }
    }
    return new Condition(index, column.type(), filter.test(), values);
  }

  /** The place of a column of a relation. */
  static int index(String relation, Schema schema, String column) {
    return schema
        .indexOf(column)
        .orElseThrow(
            () ->
                new ServingException(
                    ServingException.Reason.REFUSED,
                    "Cannot find column '"
                        + column
                        + "' in "
                        + relation
                        + Names.suggestion(column, schema.names())));
  }
}
