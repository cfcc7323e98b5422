// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import static org.anabranch.view.expression.Operator.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Expression.When;

/**
 * Random well-typed expressions over a schema, built by {@link Typing} as SQL would build them:
 * every operator, CASE and CAST, nulls, extremes, and values that cannot be computed. An engine is
 * right if it equals {@link Evaluation} on them, over {@link RandomValues} rows.
 */
public final class RandomExpressions {
  private static final List<Operator> NUMBERS =
      List.of(ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE, ABS, ROUND, FLOOR, CEIL, TRUNC);
  private static final List<Operator> FUNCTIONS = List.copyOf(EnumSet.range(SQRT, POWER));
  private static final Set<Operator> COMPARISONS = EnumSet.range(EQUAL, IS_NOT_DISTINCT_FROM);
  private static final List<Operator> TRUTHS = List.copyOf(EnumSet.range(EQUAL, LIKE));
  private static final List<Operator> TEXTS = List.copyOf(EnumSet.range(UPPER, CONCAT));
  private static final List<Operator> EXTRACTS =
      List.copyOf(EnumSet.range(EXTRACT_YEAR, EXTRACT_EPOCH));
  private static final List<Operator> FLOORS =
      List.copyOf(EnumSet.range(FLOOR_YEAR, FLOOR_MILLISECOND));
  private static final List<String> PATTERNS =
      List.of("%", "_", "a%", "%b%", "_b%c", "%%_", "x_y", "a\\%b", "", "%é", "😀%", "__");
  private static final List<String> ZONES =
      List.of("UTC", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kolkata");

  private final Schema schema;
  private final Random random;
  private final RandomValues values;

  public RandomExpressions(Schema schema, long seed) {
    this.schema = schema;
    this.random = new Random(seed);
    this.values = new RandomValues(random);
  }

  /** Two columns of every type a column may have, one of them NOT NULL. */
  public static Schema everyType() {
    List<Type> types =
        List.of(
            Type.BOOLEAN,
            Type.INTEGER,
            Type.BIGINT,
            Type.DOUBLE,
            Type.decimal(9, 2),
            Type.decimal(18, 4),
            Type.decimal(38, 6),
            Type.VARCHAR,
            Type.DATE,
            Type.TIMESTAMP,
            Type.INSTANT,
            Type.MICRO_TIMESTAMP,
            Type.MICRO_INSTANT);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      columns.add(Column.nullable("nullable" + i, types.get(i)));
      columns.add(Column.required("required" + i, types.get(i)));
    }
    return new Schema(columns);
  }

  /** A random row of the schema. */
  public Object[] row() {
    return values.row(schema);
  }

  /** An expression of any type a column may have. */
  public Expression next() {
    return next(columnType());
  }

  /** An expression of the type. */
  public Expression next(Type type) {
    return next(type, 1 + random.nextInt(4));
  }

  /** An expression of the type with at most so many levels above its leaves. */
  public Expression next(Type type, int depth) {
    // A combination that typing refuses is simply not an expression: draw again.
    for (int attempt = 0; depth > 0 && attempt < 20; attempt++) {
      try {
        return Typing.cast(inner(type, depth - 1), type);
      } catch (TypeException refused) {
        // Drawn again.
      }
    }
    return leaf(type);
  }

  private Expression leaf(Type type) {
    int[] columns =
        IntStream.range(0, schema.size())
            .filter(i -> schema.column(i).type().equals(type))
            .toArray();
    if (columns.length > 0 && random.nextInt(4) != 0) {
      int index = columns[random.nextInt(columns.length)];
      return new ColumnReference(index, schema.column(index).name(), type);
    }
    return new Literal(random.nextInt(12) == 0 ? null : values.value(type), type);
  }

  private Expression inner(Type type, int depth) throws TypeException {
    return switch (random.nextInt(14)) {
      case 0 ->
          Typing.cases(branches(type, depth), random.nextInt(3) == 0 ? null : next(type, depth));
      case 1 ->
          Typing.call(
              pick(List.of(COALESCE, GREATEST, LEAST)), list(type, depth, 1 + random.nextInt(3)));
      case 2 -> Typing.cast(next(anyType(), depth), type);
      default -> call(type, depth);
    };
  }

  private List<When> branches(Type type, int depth) {
    List<When> branches = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      branches.add(new When(next(Type.BOOLEAN, depth), next(type, depth)));
    }
    return branches;
  }

  private Expression call(Type type, int depth) throws TypeException {
    return switch (type.kind()) {
      case BOOLEAN -> truth(depth);
      case INTEGER -> random.nextInt(3) == 0 ? count(depth) : number(type, depth);
      case BIGINT, DOUBLE -> number(type, depth);
      case DECIMAL -> random.nextInt(6) == 0 ? seconds(depth) : number(type, depth);
      case VARCHAR -> text(depth);
      case DATE, TIMESTAMP, INSTANT, MICRO_TIMESTAMP, MICRO_INSTANT -> time(type, depth);
      case DAYS_INTERVAL, MICRO_INTERVAL, MONTHS_INTERVAL -> interval(type, depth);
    };
  }

  private Expression truth(int depth) throws TypeException {
    Operator operator = pick(TRUTHS);
    if (COMPARISONS.contains(operator)) {
      Type type = anyType();
      return Typing.call(operator, List.of(next(type, depth), next(near(type), depth)));
    }
    return switch (operator) {
      case IN -> Typing.call(IN, list(anyType(), depth, 2 + random.nextInt(4)));
      case AND, OR -> Typing.call(operator, list(Type.BOOLEAN, depth, 2 + random.nextInt(3)));
      case IS_NULL, IS_NOT_NULL -> Typing.call(operator, list(anyType(), depth, 1));
      case LIKE, COALESCE, GREATEST, LEAST -> {
        List<Expression> arguments = list(Type.VARCHAR, depth, 1);
        arguments.add(new Literal(pick(PATTERNS), Type.VARCHAR));
        if (random.nextInt(3) == 0) {
          arguments.add(new Literal(pick(List.of("", "\\", "a", "é")), Type.VARCHAR));
        }
        yield Typing.call(LIKE, arguments);
      }
      default -> Typing.call(operator, list(Type.BOOLEAN, depth, 1));
    };
  }

  private Expression number(Type type, int depth) throws TypeException {
    if (type.kind() == Kind.DOUBLE && random.nextInt(4) == 0) {
      Operator function = pick(FUNCTIONS);
      return Typing.call(function, list(near(type), depth, function == POWER ? 2 : 1));
    }
    if (type.kind() == Kind.INTEGER && random.nextInt(8) == 0) {
      return Typing.call(SIGN, list(near(Type.DOUBLE), depth, 1));
    }
    Operator operator = pick(NUMBERS);
    if (operator.compareTo(MODULO) <= 0) {
      return Typing.call(operator, List.of(next(type, depth), next(near(type), depth)));
    }
    List<Expression> arguments = list(type, depth, 1);
    if (operator == ROUND && random.nextBoolean()) {
      arguments.add(new Literal((long) random.nextInt(8) - 3, Type.INTEGER));
    }
    return Typing.call(operator, arguments);
  }

  /** What is INTEGER without being computed from numbers. */
  private Expression count(int depth) throws TypeException {
    return switch (random.nextInt(14)) {
      case 9 -> Typing.tryCast(next(Type.VARCHAR, depth), Type.INTEGER);
      case 0, 3 -> Typing.call(CHAR_LENGTH, list(Type.VARCHAR, depth, 1));
      case 1 -> Typing.call(POSITION, list(Type.VARCHAR, depth, 2));
      case 2 -> Typing.call(TIME_BETWEEN, list(Type.DATE, depth, 2));
      default -> {
        // more often of what is computed, which may fail
        Type type = temporalType();
        yield Typing.call(
            pick(EXTRACTS), List.of(random.nextBoolean() ? time(type, depth) : next(type, depth)));
      }
    };
  }

  private Expression seconds(int depth) throws TypeException {
    Type type = random.nextBoolean() ? daysType() : temporalType();
    Operator operator = pick(List.of(EXTRACT_EPOCH, EXTRACT_SECOND, EXTRACT_MILLISECOND));
    return Typing.call(operator, list(type, depth, 1));
  }

  private Expression text(int depth) throws TypeException {
    Operator operator = pick(TEXTS);
    return switch (operator) {
      case TRIM_BOTH, TRIM_LEADING, TRIM_TRAILING ->
          Typing.call(operator, list(Type.VARCHAR, depth, 1 + random.nextInt(2)));
      case SUBSTRING -> {
        List<Expression> arguments = list(Type.VARCHAR, depth, 1);
        arguments.addAll(list(Type.INTEGER, depth, 1 + random.nextInt(2)));
        yield Typing.call(operator, arguments);
      }
      case REPLACE -> Typing.call(operator, list(Type.VARCHAR, depth, 3));
      case LPAD, RPAD ->
          Typing.call(
              operator, List.of(next(Type.VARCHAR, depth), small(), next(Type.VARCHAR, depth)));
      case SPLIT_PART ->
          Typing.call(
              operator, List.of(next(Type.VARCHAR, depth), next(Type.VARCHAR, depth), small()));
      case REPEAT -> Typing.call(operator, List.of(next(Type.VARCHAR, depth), small()));
      case UPPER, LOWER, REVERSE -> Typing.call(operator, list(Type.VARCHAR, depth, 1));
      default -> {
        List<Expression> arguments = list(Type.VARCHAR, depth, 1 + random.nextInt(2));
        arguments.addAll(list(columnType(), depth, 1));
        Collections.shuffle(arguments, random);
        yield Typing.call(CONCAT, arguments);
      }
    };
  }

  private Literal small() {
    return new Literal((long) random.nextInt(9) - 2, Type.INTEGER);
  }

  private Expression time(Type type, int depth) throws TypeException {
    if (type.kind() == Kind.DATE && random.nextInt(3) == 0) {
      Operator operator = random.nextBoolean() ? ADD : SUBTRACT;
      return Typing.call(operator, List.of(next(type, depth), next(Type.INTEGER, depth)));
    }
    if (type.kind() == Kind.DATE || random.nextInt(3) == 0) {
      return Typing.call(pick(FLOORS), list(type, depth, 1));
    }
    if (random.nextBoolean()) {
      Type other = type.isInstant() ? Type.TIMESTAMP : Type.INSTANT;
      other = type.isMicros() ? other.inMicros() : other;
      Literal zone = new Literal(pick(ZONES), Type.VARCHAR);
      return Typing.call(AT_TIME_ZONE, List.of(next(other, depth), zone));
    }
    Type from = !type.isInstant() && random.nextBoolean() ? Type.DATE : type;
    Operator operator = pick(List.of(ADD_INTERVAL, ADD, SUBTRACT));
    return Typing.call(operator, List.of(next(from, depth), next(intervalType(), depth)));
  }

  private Expression interval(Type type, int depth) throws TypeException {
    Operator operator = pick(List.of(ADD, SUBTRACT, MULTIPLY, NEGATE, TIME_BETWEEN));
    return switch (operator) {
      case MULTIPLY -> Typing.call(operator, List.of(next(type, depth), next(Type.INTEGER, depth)));
      case NEGATE -> Typing.call(operator, list(type, depth, 1));
      case TIME_BETWEEN ->
          Typing.call(
              operator,
              List.of(
                  next(pick(List.of(Type.TIMESTAMP, Type.MICRO_TIMESTAMP)), depth),
                  next(pick(List.of(Type.TIMESTAMP, Type.MICRO_TIMESTAMP, Type.DATE)), depth)));
      default -> Typing.call(operator, List.of(next(type, depth), next(nearInterval(type), depth)));
    };
  }

  private Type nearInterval(Type type) {
    return type.isDaysInterval() ? daysType() : type;
  }

  private List<Expression> list(Type type, int depth, int size) {
    List<Expression> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(next(type, depth));
    }
    return all;
  }

  /** Mostly the same type, else one that may combine with it. */
  private Type near(Type type) {
    if (random.nextInt(3) != 0) {
      return type;
    }
    if (type.isNumeric()) {
      return pick(List.of(Type.INTEGER, Type.BIGINT, Type.DOUBLE, Type.decimal(9, 2)));
    }
    if (type.isInstant()) {
      return pick(List.of(Type.INSTANT, Type.MICRO_INSTANT));
    }
    return type.isTemporal()
        ? pick(List.of(Type.DATE, Type.TIMESTAMP, Type.MICRO_TIMESTAMP))
        : nearInterval(type);
  }

  private Type columnType() {
    return schema.size() == 0 ? Type.INTEGER : schema.column(random.nextInt(schema.size())).type();
  }

  private Type anyType() {
    return random.nextInt(12) == 0 ? intervalType() : columnType();
  }

  private Type temporalType() {
    return pick(
        List.of(Type.DATE, Type.TIMESTAMP, Type.INSTANT, Type.MICRO_TIMESTAMP, Type.MICRO_INSTANT));
  }

  private Type intervalType() {
    return random.nextBoolean() ? daysType() : Type.MONTHS_INTERVAL;
  }

  private Type daysType() {
    return random.nextBoolean() ? Type.DAYS_INTERVAL : Type.MICRO_INTERVAL;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
