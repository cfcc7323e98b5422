// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.serving.Conditions.Condition;
import org.anabranch.view.View;
import org.anabranch.view.expression.Comparison;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.segment.KeyCodec;
import org.anabranch.view.segment.KeyCodec.Bound;
import org.anabranch.view.segment.KeyRange;

/**
 * Which keys a read has to walk over: equality on leading group keys and a range on the next become
 * ranges of keys, disjoint and ascending. It may let through more than the conditions do, never
 * less.
 */
final class KeyPlan {
  private static final int MOST_RANGES = 1000;

  private final View view;
  private final KeyCodec codec;
  private final Map<Integer, List<Condition>> byKey = new HashMap<>();

  KeyPlan(View view, KeyCodec codec, Conditions conditions) {
    this.view = view;
    this.codec = codec;
    for (Condition condition : conditions.all()) {
      int key = keyOf(condition.index());
      if (key >= 0) {
        byKey.computeIfAbsent(key, ignored -> new ArrayList<>()).add(condition);
      }
    }
  }

  /** The group key that an output column is, -1 if it is something else. */
  int keyOf(int output) {
    return view.outputs().get(output).expression() instanceof ColumnReference column
            && column.index() < view.fold().keys().size()
        ? column.index()
        : -1;
  }

  /** Whether only one value of the key can pass. */
  boolean isFixed(int key) {
    List<Object> values = fixedValues(key);
    return values != null && values.size() == 1;
  }

  /** The ranges to walk over, in order of key. */
  List<KeyRange> ranges() {
    List<List<Object>> prefixes = List.of(List.of());
    int key = 0;
    for (; key < codec.types().size(); key++) {
      List<Object> values = fixedValues(key);
      if (values == null || (long) values.size() * prefixes.size() > MOST_RANGES) {
        break;
      }
      prefixes = extended(prefixes, values);
    }
    int next = key;
    return prefixes.stream().map(prefix -> range(prefix, next)).toList();
  }

  private static List<List<Object>> extended(List<List<Object>> prefixes, List<Object> values) {
    List<List<Object>> longer = new ArrayList<>();
    for (List<Object> prefix : prefixes) {
      for (Object value : values) {
        List<Object> one = new ArrayList<>(prefix);
        one.add(value);
        longer.add(one);
      }
    }
    return longer;
  }

  /** The values that the first equality, IN or IS NULL allows, ascending; null without one. */
  private List<Object> fixedValues(int key) {
    for (Condition condition : byKey.getOrDefault(key, List.of())) {
      switch (condition.test()) {
        case EQUAL, IN -> {
          return distinct(condition);
        }
        case IS_NULL -> {
          List<Object> nothing = new ArrayList<>();
          nothing.add(null);
          return nothing;
        }
        default -> {}
      }
    }
    return null;
  }

  private static List<Object> distinct(Condition condition) {
    List<Object> sorted = new ArrayList<>(condition.values());
    sorted.sort((a, b) -> Comparison.compare(a, b, condition.type()));
    List<Object> distinct = new ArrayList<>();
    for (Object value : sorted) {
      if (distinct.isEmpty()
          || Comparison.compare(distinct.get(distinct.size() - 1), value, condition.type()) != 0) {
        distinct.add(value);
      }
    }
    return distinct;
  }

  private KeyRange range(List<Object> prefix, int key) {
    Bound lower = Bound.OPEN;
    Bound upper = Bound.OPEN;
    boolean bounded = false;
    for (Condition condition : byKey.getOrDefault(key, List.of())) {
      switch (condition.test()) {
        case LESS, LESS_OR_EQUAL -> upper = tighter(upper, condition, false);
        case GREATER, GREATER_OR_EQUAL -> lower = tighter(lower, condition, true);
        default -> {}
      }
      bounded |= condition.test() != Filter.Test.IN && condition.test() != Filter.Test.EQUAL;
    }
    return bounded && key < codec.types().size()
        ? codec.between(prefix, lower, upper)
        : codec.startingWith(prefix.toArray());
  }

  private static Bound tighter(Bound bound, Condition condition, boolean lower) {
    Object value = condition.values().get(0);
    boolean inclusive =
        condition.test() == Filter.Test.LESS_OR_EQUAL
            || condition.test() == Filter.Test.GREATER_OR_EQUAL;
    if (bound.value() != null) {
      int order = Comparison.compare(value, bound.value(), condition.type());
      if (order != 0 && order > 0 != lower) {
        return bound;
      }
      inclusive &= order != 0 || bound.inclusive();
    }
    return new Bound(value, inclusive);
  }
}
