// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every function with every type: accepted, presenting this type and lawful, or refused. */
class AggregateMatrixTest {
  private static final long SEED = 20010101;

  /**
   * Columns are {@link RandomValues#TYPES} in order. B: BIGINT, D: DOUBLE, number: DECIMAL(38, that
   * scale), =: the type itself, -: refused.
   */
  private static final String MATRIX =
      """
      |                       bool int big double d9,2 d18,18 d19,0 d38,10 text date ts tz ts6 tz6 days months |
      | COUNT                 B    B   B   B      B    B      B     B      B    B    B  B  B   B   B    B      |
      | COUNT_DISTINCT        B    B   B   B      B    B      B     B      B    B    B  B  B   B   -    -      |
      | APPROX_COUNT_DISTINCT B    B   B   B      B    B      B     B      B    B    B  B  B   B   -    -      |
      | SUM                   -    B   0   D      2    18     0     10     -    -    -  -  -   -   -    -      |
      | MIN                   -    =   =   =      =    =      =     =      =    =    =  =  =   =   -    -      |
      | MAX                   -    =   =   =      =    =      =     =      =    =    =  =  =   =   -    -      |
      | AVG                   -    D   D   D      D    D      D     D      -    -    -  -  -   -   -    -      |
      | VAR_POP               -    D   D   D      D    D      D     D      -    -    -  -  -   -   -    -      |
      | VAR_SAMP              -    D   D   D      D    D      D     D      -    -    -  -  -   -   -    -      |
      | STDDEV_POP            -    D   D   D      D    D      D     D      -    -    -  -  -   -   -    -      |
      | STDDEV_SAMP           -    D   D   D      D    D      D     D      -    -    -  -  -   -   -    -      |
      | APPROX_PERCENTILE     -    D   D   D      D    D      D     D      -    -    -  -  -   -   -    -      |
      """;

  @ParameterizedTest
  @EnumSource(
      names = {"COUNT_ROWS", "ARG_MIN", "ARG_MAX"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyTypeIsAcceptedAndLawfulOrRefusedWithWhatToWrite(AggregateFunction function)
      throws TypeException {
    List<String> expected = cells(function);
    for (int i = 0; i < RandomValues.TYPES.size(); i++) {
      List<Type> arguments = List.of(RandomValues.TYPES.get(i));
      if (expected.get(i).equals("-")) {
        assertRefused(function, arguments);
      } else {
        assertEquals(
            presented(expected.get(i), arguments.get(0)), Accumulators.typeOf(function, arguments));
        AccumulatorLaws.hold(function, arguments, SEED, 60);
      }
    }
  }

  /** x may be all but an interval; t may be what MIN takes. */
  @ParameterizedTest
  @EnumSource(names = {"ARG_MIN", "ARG_MAX"})
  void everyPairOfTypesIsAcceptedAndLawfulOrRefused(AggregateFunction function)
      throws TypeException {
    for (Type x : RandomValues.TYPES) {
      for (Type t : RandomValues.TYPES) {
        List<Type> arguments = List.of(x, t);
        if (x.isInterval() || t.isInterval() || t.equals(Type.BOOLEAN)) {
          assertRefused(function, arguments);
        } else {
          assertEquals(x, Accumulators.typeOf(function, arguments));
          AccumulatorLaws.hold(function, arguments, SEED, 10);
        }
      }
    }
  }

  @Test
  void countingRowsIsLawful() throws TypeException {
    assertEquals(Type.BIGINT, Accumulators.typeOf(AggregateFunction.COUNT_ROWS, List.of()));
    AccumulatorLaws.hold(AggregateFunction.COUNT_ROWS, List.of(), SEED, 60);
  }

  @ParameterizedTest
  @EnumSource
  void theWrongNumberOfArgumentsIsRefused(AggregateFunction function) {
    for (int count = 0; count <= 3; count++) {
      List<Type> arguments = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        arguments.add(Type.INTEGER);
      }
      int wanted =
          function == AggregateFunction.COUNT_ROWS ? 0 : function.name().startsWith("ARG") ? 2 : 1;
      if (count != wanted) {
        assertThrows(TypeException.class, () -> Accumulators.typeOf(function, arguments));
      }
    }
  }

  @Test
  void aShareOutsideZeroToOneIsRefused() {
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      Aggregate aggregate = percentile(share, Type.DOUBLE);
      assertThrows(IllegalArgumentException.class, aggregate::accumulator);
    }
    assertTrue(percentile(1, Type.DOUBLE).accumulator() instanceof PercentileAccumulator);
  }

  @Test
  void anAggregateThatClaimsAnotherTypeIsRefused() {
    Aggregate aggregate = percentile(0.5, Type.BIGINT);
    String message =
        assertThrows(IllegalArgumentException.class, aggregate::accumulator).getMessage();
    assertTrue(message.contains("its type is DOUBLE"), message);
  }

  private static Aggregate percentile(double share, Type type) {
    Expression column = new Expression.ColumnReference(0, "x", Type.DOUBLE);
    return new Aggregate(
        AggregateFunction.APPROX_PERCENTILE, List.of(column), share, Optional.empty(), type);
  }

  private static List<String> cells(AggregateFunction function) {
    String row =
        MATRIX
            .lines()
            .filter(line -> line.startsWith("| " + function + " "))
            .findFirst()
            .orElseThrow();
    List<String> cells = List.of(row.replace("|", "").trim().split(" +"));
    assertEquals(RandomValues.TYPES.size() + 1, cells.size());
    return cells.subList(1, cells.size());
  }

  private static Type presented(String cell, Type argument) {
    return switch (cell) {
      case "B" -> Type.BIGINT;
      case "D" -> Type.DOUBLE;
      case "=" -> argument;
      default -> Type.decimal(38, Integer.parseInt(cell));
    };
  }

  private static void assertRefused(AggregateFunction function, List<Type> arguments) {
    String message =
        assertThrows(TypeException.class, () -> Accumulators.typeOf(function, arguments))
            .getMessage();
    assertTrue(message.startsWith("Cannot compute " + function + "(" + arguments.get(0)), message);
    assertTrue(message.contains("; write ") || message.contains("; subtract "), message);
  }
}
