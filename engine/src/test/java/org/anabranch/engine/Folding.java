// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Column;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Segment;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.reference.ReferenceEngine;

/** Folds made by hand, rows from objects, and the comparison with the reference. */
final class Folding {
  static final Lane LANE = new Lane("topic", 1, 3);

  private Folding() {}

  static Expression column(Schema schema, int index) {
    Column column = schema.column(index);
    return new Expression.ColumnReference(index, column.name(), column.type());
  }

  static Aggregate aggregate(
      AggregateFunction function, Optional<Expression> filter, Expression... arguments)
      throws TypeException {
    List<Expression> all = List.of(arguments);
    Type type = Accumulators.typeOf(function, all.stream().map(Expression::type).toList());
    return new Aggregate(function, all, 0, filter, type);
  }

  static Aggregate count() throws TypeException {
    return aggregate(AggregateFunction.COUNT_ROWS, Optional.empty());
  }

  /** Chunks of the given size of rows as Java objects, at even positions. */
  static List<Rows> chunks(Schema schema, List<Object[]> rows, int size) {
    List<Rows> chunks = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      List<Object[]> some = rows.subList(from, Math.min(rows.size(), from + size));
      long[] positions = new long[some.size()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = 2L * (from + i);
      }
      Range range = new Range(2L * from, 2L * (from + some.size()));
      chunks.add(
          new Rows(schema, LANE, range, positions, positions, vectors(schema, some), some.size()));
    }
    return chunks;
  }

  private static List<Vector> vectors(Schema schema, List<Object[]> rows) {
    List<Vector> vectors = new ArrayList<>();
    for (int column = 0; column < schema.size(); column++) {
      Vector vector = Vector.of(schema.column(column).type(), rows.size());
      for (Object[] row : rows) {
        vector.append(row[column]);
      }
      vectors.add(vector);
    }
    return vectors;
  }

  static Segment fold(Engine engine, Fold fold, List<Rows> chunks) {
    LiveSegment live = engine.open(fold);
    chunks.forEach(live::add);
    return live.seal();
  }

  /** Folds with both engines, compares all there is, and gives the columnar segment. */
  static Segment requireSame(String what, Fold fold, List<Rows> chunks) {
    Segment expected = fold(new ReferenceEngine(), fold, chunks);
    Segment actual = fold(new ColumnarEngine(), fold, chunks);
    assertEquals(expected.tally(), actual.tally(), what);
    assertEquals(expected.groups(), actual.groups(), what);
    assertEquals(expected.digest(), actual.digest(), what);
    assertEquals(expected.coverage(), actual.coverage(), what);
    return actual;
  }
}
