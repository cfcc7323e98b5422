// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.anabranch.view.Fold;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.RandomExpressions;
import org.anabranch.view.expression.RandomValues;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.junit.jupiter.api.Test;

/** Rows that meet groups and values already seen are folded without making objects. */
final class AllocationTest {
  private static final long SEED = 18_870_214;
  private static final Schema SCHEMA = RandomExpressions.everyType();
  private static final int CHUNK = 2000;
  private static final int WARM = 3;
  private static final int MEASURED = 5;

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<Rows> chunks = chunks();

  /** The same rows again and again, at later positions. */
  private static List<Rows> chunks() {
    RandomValues values = new RandomValues(new Random(SEED));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < CHUNK; i++) {
      rows.add(values.row(SCHEMA));
    }
    List<Object[]> repeated = new ArrayList<>();
    for (int i = 0; i < WARM + MEASURED; i++) {
      repeated.addAll(rows);
    }
    return Folding.chunks(SCHEMA, repeated, CHUNK);
  }

  private double bytesPerRow(Fold fold) {
    LiveSegment live = new ColumnarEngine().open(fold);
    chunks.subList(0, WARM).forEach(live::add);
    long before = thread.getCurrentThreadAllocatedBytes();
    chunks.subList(WARM, WARM + MEASURED).forEach(live::add);
    return (thread.getCurrentThreadAllocatedBytes() - before) / (double) (MEASURED * CHUNK);
  }

  @Test
  void print() throws TypeException {
    Map<String, Double> found = new TreeMap<>();
    Expression key = Typing.call(Operator.MODULO, List.of(column(3), literal(3)));
    for (AggregateFunction function : AggregateFunction.values()) {
      for (int i = 0; i < SCHEMA.size(); i += 2) {
        try {
          Expression[] arguments =
              function == AggregateFunction.COUNT_ROWS
                  ? new Expression[0]
                  : function.name().startsWith("ARG")
                      ? new Expression[] {column(i), column(2)}
                      : new Expression[] {column(i)};
          Aggregate aggregate = Folding.aggregate(function, Optional.empty(), arguments);
          Fold fold = new Fold("s", SCHEMA, Optional.empty(), Optional.empty(), List.of(key), List.of(aggregate));
          found.put(function + " " + SCHEMA.column(i).type(), bytesPerRow(fold));
        } catch (TypeException e) {
          continue;
        }
      }
    }
    for (int i = 0; i < SCHEMA.size(); i++) {
      Fold fold = new Fold("s", SCHEMA, Optional.empty(), Optional.empty(), List.of(column(i)), List.of(Folding.count()));
      found.put("key " + SCHEMA.column(i), bytesPerRow(fold));
    }
    found.entrySet().stream().filter(e -> e.getValue() > 0.3).forEach(e -> System.err.println(e));
    System.err.println(found.size());
  }

  private static Expression column(int index) {
    return Folding.column(SCHEMA, index);
  }

  private static Expression literal(long value) {
    return new Expression.Literal(value, Type.INTEGER);
  }
}
