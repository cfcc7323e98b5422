// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Type;
import org.anabranch.view.Type.Kind;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TimePattern;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;

/** Functions of time that stand for expressions of others. */
final class TimeSpellings {
  /** A Monday, from which TIME_BUCKET counts where nothing else is said. */
  private static final String FIRST_BUCKET = "2000-01-03";

  private TimeSpellings() {}

  /** TO_CHAR: each field is a number with zeros before it. */
  static Expression toChar(List<Expression> arguments) throws TypeException {
    Expression time = arguments.get(0);
    if (!time.type().isTemporal()) {
      throw new TypeException(
          "Cannot apply TO_CHAR to "
              + time.type()
              + ": it takes a time; write CAST(x AS VARCHAR), of ROUND(x, digits) if need be");
    }
    List<Expression> texts = new ArrayList<>(List.of(text("")));
    for (TimePattern.Part part : TimePattern.of(constant("TO_CHAR", arguments.get(1)))) {
      texts.add(part.field() == null ? text(part.text()) : shown(time, part.field()));
    }
    return Typing.call(Operator.CONCAT, texts);
  }

  private static Expression shown(Expression time, TimePattern.Field field) throws TypeException {
    Operator extract = Operator.valueOf("EXTRACT_" + field.extracted());
    Expression number = Typing.call(extract, List.of(time));
    if (field == TimePattern.Field.MS) {
      Expression part = Typing.call(Operator.MODULO, List.of(number, number(1)));
      number = Typing.call(Operator.MULTIPLY, List.of(part, number(1000)));
    }
    Expression digits = Typing.cast(Typing.call(Operator.TRUNC, List.of(number)), Type.VARCHAR);
    return Typing.call(Operator.LPAD, List.of(digits, number(field.width()), text("0")));
  }

  /** TO_TIMESTAMP: seconds since 1970, rounded to milliseconds. */
  static Expression toTimestamp(List<Expression> arguments) throws TypeException {
    Expression seconds = arguments.get(0);
    if (arguments.size() > 1 || !seconds.type().isNumeric()) {
      throw new TypeException(
          "Cannot apply TO_TIMESTAMP to a text: it takes seconds since 1970; write"
              + " CAST(x AS TIMESTAMP(3)), or give the column a 'timestamp_format'");
    }
    Expression start = Typing.cast(text("1970-01-01 00:00:00Z"), Type.INSTANT);
    Expression millis =
        Typing.cast(Typing.call(Operator.MULTIPLY, List.of(seconds, number(1000))), Type.BIGINT);
    Expression after =
        Typing.call(Operator.MULTIPLY, List.of(millis, new Literal(1L, Type.DAYS_INTERVAL)));
    return Typing.call(Operator.ADD, List.of(start, after));
  }

  /** DATE_BIN(stride, time, origin). */
  static Expression dateBin(List<Expression> arguments) throws TypeException {
    return bin("DATE_BIN", arguments.get(0), arguments.get(1), arguments.get(2));
  }

  /** TIME_BUCKET(width, time, origin), whose width may be a text. */
  static Expression timeBucket(List<Expression> arguments) throws TypeException {
    Expression time = arguments.get(1);
    boolean instant = time.type().isInstant();
    Expression origin =
        arguments.size() > 2
            ? arguments.get(2)
            : Typing.cast(text(FIRST_BUCKET), instant ? Type.INSTANT : Type.TIMESTAMP);
    return bin("TIME_BUCKET", width(arguments.get(0)), time, origin);
  }

  private static Expression width(Expression written) {
    Optional<Expression> read =
        written instanceof Literal literal && literal.value() instanceof String text
            ? IntervalText.postgres(text).map(Expression.class::cast)
            : Optional.empty();
    return read.orElse(written);
  }

  /** The start of the stride that a time lies in: strides are counted from the origin. */
  private static Expression bin(
      String function, Expression stride, Expression time, Expression origin) throws TypeException {
    boolean whole =
        stride instanceof Literal literal
            && literal.type().kind() == Kind.DAYS_INTERVAL
            && literal.value() instanceof Long millis
            && millis > 0;
    if (!whole) {
      throw new TypeException(
          "Cannot use "
              + function
              + " with this width: write a constant above 0, of weeks, days, hours, minutes or"
              + " seconds, as INTERVAL '5' MINUTE; months are FLOOR(x TO MONTH)");
    }
    if (time.type().kind() == Kind.DATE && origin.type().kind() == Kind.DATE) {
      throw new TypeException(
          "Cannot use " + function + " from a DATE: write TIMESTAMP '2001-01-01 00:00:00'");
    }
    Expression since = Typing.call(Operator.SUBTRACT, List.of(time, origin));
    Expression count =
        Typing.call(
            Operator.DIVIDE,
            List.of(
                Typing.call(Operator.EXTRACT_EPOCH, List.of(since)),
                Typing.call(Operator.EXTRACT_EPOCH, List.of(stride))));
    Expression strides = Typing.cast(Typing.call(Operator.FLOOR, List.of(count)), Type.BIGINT);
    Expression after = Typing.call(Operator.MULTIPLY, List.of(strides, stride));
    return Typing.call(Operator.ADD, List.of(origin, after));
  }

  private static String constant(String function, Expression text) throws TypeException {
    if (text instanceof Literal literal && literal.value() instanceof String written) {
      return written;
    }
    throw new TypeException(
        "Cannot use " + function + " by a computed pattern: write it as a text");
  }

  private static Literal text(String text) {
    return new Literal(text, Type.VARCHAR);
  }

  private static Literal number(long number) {
    return new Literal(number, Type.INTEGER);
  }
}
