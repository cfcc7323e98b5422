// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TypeException;

/**
 * What every accumulator must hold, on random rows. States are compared by their bytes, which is
 * how segments compare them.
 *
 * @param <S> the state
 */
public final class AccumulatorLaws<S> {
  /** One row's arguments and its place. */
  private record Row(Object[] arguments, RowId id) {}

  private final Accumulator<S> accumulator;
  private final List<Type> types;
  private final Random random;
  private final String context;

  private AccumulatorLaws(
      Accumulator<S> accumulator, List<Type> types, Random random, String context) {
    this.accumulator = accumulator;
    this.types = types;
    this.random = random;
    this.context = context;
  }

  /** Checks all laws for a function over arguments of these types. */
  public static void hold(AggregateFunction function, List<Type> types, long seed, int trials) {
    hold(aggregate(function, types), seed, trials);
  }

  /** Checks all laws for an aggregate. */
  public static void hold(Aggregate aggregate, long seed, int trials) {
    List<Type> types = aggregate.arguments().stream().map(Expression::type).toList();
    hold(aggregate.accumulator(), types, aggregate.canonical(), seed, trials);
  }

  /** Checks all laws for an accumulator; the name says in failures what it is. */
  public static <S> void hold(
      Accumulator<S> accumulator, List<Type> types, String name, long seed, int trials) {
    for (int trial = 0; trial < trials; trial++) {
      long trialSeed = seed + trial;
      String context = name + ", seed " + trialSeed;
      check(accumulator, types, new Random(trialSeed), context);
    }
  }

  /** The aggregate of a function over columns of these types. */
  public static Aggregate aggregate(AggregateFunction function, List<Type> types) {
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      columns.add(new Expression.ColumnReference(i, "c" + i, types.get(i)));
    }
    double parameter = function == AggregateFunction.APPROX_PERCENTILE ? 0.75 : 0;
    try {
      Type type = Accumulators.typeOf(function, types);
      return new Aggregate(function, columns, parameter, Optional.empty(), type);
    } catch (TypeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static <S> void check(
      Accumulator<S> accumulator, List<Type> types, Random random, String context) {
    AccumulatorLaws<S> laws = new AccumulatorLaws<>(accumulator, types, random, context);
    laws.zeroChangesNothing();
    laws.mergingIsCommutative();
    laws.mergingIsAssociative();
    laws.anySegmentationAndOrderGiveTheSameBytes();
    laws.decodingGivesTheStateBack();
    laws.mergingLeavesItsRightSideAlone();
    laws.statesShareNothing();
    laws.presentingChangesNothing();
    laws.nullsChangeNothing();
  }

  private void zeroChangesNothing() {
    List<Row> rows = rows();
    String expected = bytes(fold(rows));
    assertEquals(expected, bytes(accumulator.merge(accumulator.zero(), fold(rows))), context);
    assertEquals(expected, bytes(accumulator.merge(fold(rows), accumulator.zero())), context);
  }

  private void mergingIsCommutative() {
    List<Row> a = rows();
    List<Row> b = rows();
    assertEquals(
        bytes(accumulator.merge(fold(a), fold(b))),
        bytes(accumulator.merge(fold(b), fold(a))),
        context);
  }

  private void mergingIsAssociative() {
    List<Row> a = rows();
    List<Row> b = rows();
    List<Row> c = rows();
    S left = accumulator.merge(accumulator.merge(fold(a), fold(b)), fold(c));
    S right = accumulator.merge(fold(a), accumulator.merge(fold(b), fold(c)));
    assertEquals(bytes(left), bytes(right), context);
  }

  private void anySegmentationAndOrderGiveTheSameBytes() {
    List<Row> rows = rows();
    String expected = bytes(fold(rows));
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    assertEquals(expected, bytes(fold(shuffled)), context);
    S merged = accumulator.zero();
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(shuffled.size()));
      S part = fold(shuffled.subList(from, to));
      merged =
          random.nextBoolean() ? accumulator.merge(merged, part) : accumulator.merge(part, merged);
      from = to;
    }
    assertEquals(expected, bytes(merged), context);
    assertEquals(presented(fold(rows)), presented(merged), context);
  }

  private void decodingGivesTheStateBack() {
    S state = fold(rows());
    byte[] bytes = encoded(state);
    S decoded = decoded(bytes);
    assertArrayEquals(bytes, encoded(decoded), context);
    assertEquals(presented(state), presented(decoded), context);
    List<Row> more = rows();
    String expected = bytes(added(state, more));
    assertEquals(expected, bytes(added(decoded(bytes), more)), context);
    assertEquals(expected, bytes(accumulator.merge(decoded(bytes), fold(more))), context);
  }

  private void mergingLeavesItsRightSideAlone() {
    S right = fold(rows());
    String before = bytes(right);
    S merged = accumulator.merge(random.nextInt(4) == 0 ? accumulator.zero() : fold(rows()), right);
    assertEquals(before, bytes(right), context);
    added(merged, rows());
    assertEquals(before, bytes(right), () -> context + ": the merged state shares with its right");
    String expected = bytes(merged);
    added(right, rows());
    if (merged != right) {
      assertEquals(expected, bytes(merged), () -> context + ": its right shares with the merged");
    }
  }

  private void statesShareNothing() {
    S first = fold(rows());
    S zero = accumulator.zero();
    String before = bytes(first);
    added(zero, rows());
    added(decoded(encoded(first)), rows());
    assertEquals(before, bytes(first), context);
    assertEquals(bytes(accumulator.zero()), bytes(fold(List.of())), context);
  }

  private void presentingChangesNothing() {
    S state = fold(rows());
    String before = bytes(state);
    presented(state);
    assertEquals(before, bytes(state), context);
  }

  private void nullsChangeNothing() {
    S state = fold(rows());
    if (types.isEmpty()) {
      return;
    }
    String before = bytes(state);
    Row row = row(random.nextInt(1000));
    row.arguments()[random.nextInt(types.size())] = null;
    assertEquals(before, bytes(added(state, List.of(row))), context);
  }

  private S fold(List<Row> rows) {
    return added(accumulator.zero(), rows);
  }

  private S added(S state, List<Row> rows) {
    S sum = state;
    for (Row row : rows) {
      sum = accumulator.add(sum, row.arguments(), row.id());
    }
    return sum;
  }

  /** Mostly few rows, sometimes none, sometimes enough for a sketch to change its form. */
  private List<Row> rows() {
    int[] sizes = {0, 1, 2, 3, 10, 40};
    int size = random.nextInt(30) == 0 ? 700 : sizes[random.nextInt(sizes.length)];
    return IntStream.range(0, size).mapToObj(this::row).toList();
  }

  private Row row(int ignored) {
    Object[] arguments = types.stream().map(type -> RandomValues.value(type, random)).toArray();
    return new Row(
        arguments, new RowId(random.nextInt(3), random.nextInt(4), random.nextLong() >>> 1));
  }

  private String presented(S state) {
    try {
      return String.valueOf(accumulator.present(state));
    } catch (PresentException e) {
      assertFalse(e.getMessage().isBlank(), context);
      return e.getMessage();
    }
  }

  private String bytes(S state) {
    return HexFormat.of().formatHex(encoded(state));
  }

  private byte[] encoded(S state) {
    StateWriter out = new StateWriter();
    accumulator.encode(state, out);
    return out.toByteArray();
  }

  private S decoded(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    S state = accumulator.decode(in);
    assertFalse(in.hasRemaining(), () -> context + ": bytes are left");
    return state;
  }
}
