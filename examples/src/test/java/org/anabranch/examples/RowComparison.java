// SPDX-License-Identifier: Apache-2.0
package org.anabranch.examples;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.view.View;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.accumulator.DistinctSketch;
import org.anabranch.view.expression.Expression.ColumnReference;

/**
 * Rows of one view by two engines, group by group. Everything is compared exactly, but DOUBLE,
 * whose sums depend on the order in the other engine, and sketches, within the bounds that the
 * states' page gives.
 */
final class RowComparison {
  private static final double SUMS = 1e-9;
  private static final double PERCENTILE = 1.0 / 256;
  private static final double DISTINCT = 0.066;

  private final View view;

  RowComparison(View view) {
    this.view = view;
  }

  List<String> differences(List<Object[]> ours, List<Object[]> theirs) {
    List<String> differences = new ArrayList<>();
    Map<List<Object>, Object[]> expected = new HashMap<>();
    theirs.forEach(row -> expected.put(key(row), row));
    if (expected.size() != theirs.size() || ours.size() != theirs.size()) {
      differences.add(ours.size() + " rows, not " + theirs.size());
    }
    for (Object[] row : ours) {
      Object[] other = expected.get(key(row));
      if (other == null) {
        differences.add("only ours: " + Arrays.toString(row));
      } else {
        compare(row, other, differences);
      }
    }
    return differences.subList(0, Math.min(5, differences.size()));
  }

  private List<Object> key(Object[] row) {
    List<Object> key = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      if (function(i) == null && isKey(i)) {
        key.add(plain(row[i]));
      }
    }
    return key;
  }

  private void compare(Object[] ours, Object[] theirs, List<String> differences) {
    for (int i = 0; i < ours.length; i++) {
      if (!same(ours[i], theirs[i], function(i))) {
        differences.add(
            key(ours)
                + " "
                + view.outputs().get(i).name()
                + ": "
                + ours[i]
                + " is not "
                + theirs[i]);
      }
    }
  }

  private static boolean same(Object ours, Object theirs, AggregateFunction function) {
    if (ours == null || theirs == null) {
      return ours == theirs;
    }
    if (function == AggregateFunction.APPROX_COUNT_DISTINCT) {
      double exact = ((Number) theirs).doubleValue();
      double bound = exact <= DistinctSketch.MAX_SPARSE ? 0 : DISTINCT;
      return Math.abs(((Number) ours).doubleValue() - exact) <= bound * exact;
    }
    if (ours instanceof Double a && theirs instanceof Double b) {
      return function == AggregateFunction.APPROX_PERCENTILE
          ? Math.abs(a - b) <= PERCENTILE * Math.abs(b)
          : Math.abs(a - b) <= SUMS * Math.max(1, Math.abs(b));
    }
    return plain(ours).equals(plain(theirs));
  }

  /** The aggregate that a column shows, null if it shows none, or an expression. */
  private AggregateFunction function(int column) {
    if (view.outputs().get(column).expression() instanceof ColumnReference reference) {
      int aggregate = reference.index() - view.fold().keys().size();
      return aggregate < 0 ? null : view.fold().aggregates().get(aggregate).function();
    }
    return null;
  }

  private boolean isKey(int column) {
    return view.outputs().get(column).expression() instanceof ColumnReference;
  }

  /** Numbers of any class by their value. */
  private static Object plain(Object value) {
    return value instanceof Number && !(value instanceof Double)
        ? new BigDecimal(value.toString()).stripTrailingZeros()
        : value;
  }
}
