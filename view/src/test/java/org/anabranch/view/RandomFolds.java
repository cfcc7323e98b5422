// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.RandomExpressions;
import org.anabranch.view.expression.TypeException;

/**
 * Random folds over a schema: TUMBLE, HOP or no window, any expressions as WHERE, keys, arguments
 * and FILTER, every aggregate function over every type it takes.
 */
public final class RandomFolds {
  private static final long[] SLIDES = {3_600_000, 86_400_000, 30 * 86_400_000L, 400 * 86_400_000L};

  private final Random random;
  private final Schema schema;

  public RandomFolds(Schema schema, Random random) {
    this.schema = schema;
    this.random = random;
  }

  public Fold next() {
    RandomExpressions plain = new RandomExpressions(schema, random.nextLong());
    Optional<Window> window =
        random.nextInt(3) == 0 ? Optional.empty() : Optional.of(window(plain));
    Schema seen = window.map(this::windowed).orElse(schema);
    RandomExpressions expressions = new RandomExpressions(seen, random.nextLong());
    Optional<Expression> filter = condition(expressions, 3);
    List<Expression> keys = keys(expressions, seen, window.isPresent());
    return new Fold("random", schema, window, filter, keys, aggregates(expressions));
  }

  private Window window(RandomExpressions expressions) {
    List<Type> times =
        List.of(Type.TIMESTAMP, Type.INSTANT, Type.MICRO_TIMESTAMP, Type.MICRO_INSTANT);
    Type type = times.get(random.nextInt(times.size()));
    Expression time = expressions.next(type, random.nextInt(4) == 0 ? 2 : 0);
    long slide = SLIDES[random.nextInt(SLIDES.length)];
    long size = slide * (random.nextBoolean() ? 1 : 1 + random.nextInt(4));
    return new Window(time, size, slide, random.nextBoolean() ? 0 : random.nextInt(3_600_000));
  }

  private Schema windowed(Window window) {
    Type type = Window.edgeType(window.time().type());
    return schema.with(
        List.of(Column.required("window_start", type), Column.required("window_end", type)));
  }

  private Optional<Expression> condition(RandomExpressions expressions, int outOf) {
    return random.nextInt(outOf) == 0
        ? Optional.of(expressions.next(Type.BOOLEAN, 2))
        : Optional.empty();
  }

  private List<Expression> keys(RandomExpressions expressions, Schema seen, boolean windowed) {
    List<Expression> keys = new ArrayList<>();
    if (windowed && random.nextInt(4) > 0) {
      keys.add(reference(seen, schema.size()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      keys.add(expressions.next(keyType(), random.nextInt(3) == 0 ? 2 : 0));
    }
    return keys;
  }

  /** Often one of few values, so that groups have several rows. */
  private Type keyType() {
    return switch (random.nextInt(4)) {
      case 0 -> Type.BOOLEAN;
      case 1, 2 -> Type.VARCHAR;
      default -> schema.column(random.nextInt(schema.size())).type();
    };
  }

  private static Expression reference(Schema schema, int index) {
    Column column = schema.column(index);
    return new ColumnReference(index, column.name(), column.type());
  }

  private List<Aggregate> aggregates(RandomExpressions expressions) {
    Map<String, Aggregate> aggregates = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      Aggregate aggregate = aggregate(expressions);
      aggregates.put(aggregate.canonical(), aggregate);
    }
    return List.copyOf(aggregates.values());
  }

  private Aggregate aggregate(RandomExpressions expressions) {
    Optional<Aggregate> aggregate = Optional.empty();
    while (aggregate.isEmpty()) {
      aggregate = attempt(expressions);
    }
    return aggregate.get();
  }

  /** Any function of any arguments, empty if it does not take their types. */
  private Optional<Aggregate> attempt(RandomExpressions expressions) {
    AggregateFunction[] functions = AggregateFunction.values();
    AggregateFunction function = functions[random.nextInt(functions.length)];
    List<Expression> arguments = new ArrayList<>();
    for (int i = arity(function); i > 0; i--) {
      Type type = schema.column(random.nextInt(schema.size())).type();
      arguments.add(expressions.next(type, random.nextInt(3) == 0 ? 2 : 0));
    }
    double parameter =
        function == AggregateFunction.APPROX_PERCENTILE ? random.nextInt(5) / 4.0 : 0;
    try {
      Type type = Accumulators.typeOf(function, arguments.stream().map(Expression::type).toList());
      return Optional.of(
          new Aggregate(function, arguments, parameter, condition(expressions, 4), type));
    } catch (TypeException e) {
      return Optional.empty();
    }
  }

  private static int arity(AggregateFunction function) {
    return switch (function) {
      case COUNT_ROWS -> 0;
      case ARG_MIN, ARG_MAX -> 2;
      default -> 1;
    };
  }
}
