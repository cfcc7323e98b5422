// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Expression.When;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;

/** Functions that stand for expressions of others, and what they stand for. */
final class Spellings {
  /** What a call means, of its arguments. */
  private interface Meaning {
    Expression of(List<Expression> arguments) throws TypeException;
  }

  /**
   * A function with its meaning.
   *
   * @param usage how it is written, for messages
   */
  record Spelling(int least, int most, String usage, Meaning meaning) {
    Expression of(List<Expression> arguments) throws TypeException {
      return meaning.of(arguments);
    }
  }

  private static final Literal NULL = new Literal(null, Type.VARCHAR);

  private static final Map<String, Spelling> SPELLINGS =
      Map.ofEntries(
          spelt("LEFT", 2, "LEFT(text, count)", Spellings::left),
          spelt("RIGHT", 2, "RIGHT(text, count)", Spellings::right),
          spelt("STRPOS", 2, "STRPOS(text, part)", Spellings::place),
          spelt("STARTS_WITH", 2, "STARTS_WITH(text, start)", Spellings::startsWith),
          spelt("IF", 3, "IF(condition, x, y)", Spellings::choose),
          spelt("IIF", 3, "IIF(condition, x, y)", Spellings::choose),
          spelt("IFNULL", 2, "IFNULL(x, y)", of(Operator.COALESCE)),
          spelt("NVL", 2, "NVL(x, y)", of(Operator.COALESCE)),
          spelt("NULLIF", 2, "NULLIF(x, y)", Spellings::nullIf),
          spelt("YEAR", 1, "YEAR(time)", of(Operator.EXTRACT_YEAR)),
          spelt("QUARTER", 1, "QUARTER(time)", of(Operator.EXTRACT_QUARTER)),
          spelt("MONTH", 1, "MONTH(time)", of(Operator.EXTRACT_MONTH)),
          spelt("WEEK", 1, "WEEK(time)", of(Operator.EXTRACT_WEEK)),
          spelt("DAY", 1, "DAY(time)", of(Operator.EXTRACT_DAY)),
          spelt("HOUR", 1, "HOUR(time)", of(Operator.EXTRACT_HOUR)),
          spelt("MINUTE", 1, "MINUTE(time)", of(Operator.EXTRACT_MINUTE)),
          spelt("TO_CHAR", 2, "TO_CHAR(time, 'YYYY-MM-DD')", TimeSpellings::toChar),
          Map.entry(
              "TO_TIMESTAMP",
              new Spelling(1, 2, "TO_TIMESTAMP(seconds)", TimeSpellings::toTimestamp)),
          spelt(
              "DATE_BIN",
              3,
              "DATE_BIN(INTERVAL '5' MINUTE, time, TIMESTAMP '2001-01-01 00:00:00')",
              TimeSpellings::dateBin),
          Map.entry(
              "TIME_BUCKET",
              new Spelling(
                  2, 3, "TIME_BUCKET(INTERVAL '5' MINUTE, time)", TimeSpellings::timeBucket)),
          Map.entry("CONCAT", new Spelling(1, 1000, "CONCAT(x, y, ...)", Spellings::concat)));

  private Spellings() {}

  static Optional<Spelling> of(String name) {
    return Optional.ofNullable(SPELLINGS.get(name));
  }

  static List<String> names() {
    return SPELLINGS.keySet().stream().sorted().toList();
  }

  private static Map.Entry<String, Spelling> spelt(
      String name, int count, String usage, Meaning meaning) {
    return Map.entry(name, new Spelling(count, count, usage, meaning));
  }

  private static Meaning of(Operator operator) {
    return arguments -> Typing.call(operator, arguments);
  }

  private static Expression left(List<Expression> arguments) throws TypeException {
    count("LEFT", arguments.get(1));
    Expression one = new Literal(1L, Type.INTEGER);
    return Typing.call(Operator.SUBSTRING, List.of(arguments.get(0), one, arguments.get(1)));
  }

  /** From the last characters, which may be more than there are. */
  private static Expression right(List<Expression> arguments) throws TypeException {
    long count = count("RIGHT", arguments.get(1));
    Expression length = Typing.call(Operator.CHAR_LENGTH, List.of(arguments.get(0)));
    Expression before = new Literal(count - 1, Type.BIGINT);
    Expression start = Typing.call(Operator.SUBTRACT, List.of(length, before));
    return Typing.call(Operator.SUBSTRING, List.of(arguments.get(0), start));
  }

  private static long count(String function, Expression count) throws TypeException {
    if (count instanceof Literal literal
        && literal.value() instanceof Long number
        && number >= 0
        && number <= Integer.MAX_VALUE) {
      return number;
    }
    throw new TypeException(
        "Cannot use " + function + " with this count: write a whole number from 0, or SUBSTRING");
  }

  private static Expression place(List<Expression> arguments) throws TypeException {
    return Typing.call(Operator.POSITION, List.of(arguments.get(1), arguments.get(0)));
  }

  private static Expression startsWith(List<Expression> arguments) throws TypeException {
    Expression one = new Literal(1L, Type.INTEGER);
    Expression length = Typing.call(Operator.CHAR_LENGTH, List.of(arguments.get(1)));
    Expression start = Typing.call(Operator.SUBSTRING, List.of(arguments.get(0), one, length));
    return Typing.call(Operator.EQUAL, List.of(start, arguments.get(1)));
  }

  private static Expression choose(List<Expression> arguments) throws TypeException {
    return Typing.cases(List.of(new When(arguments.get(0), arguments.get(1))), arguments.get(2));
  }

  private static Expression nullIf(List<Expression> arguments) throws TypeException {
    Expression equal = Typing.call(Operator.EQUAL, arguments);
    return Typing.cases(List.of(new When(equal, NULL)), arguments.get(0));
  }

  /** As in PostgreSQL, a null is the empty text. */
  private static Expression concat(List<Expression> arguments) throws TypeException {
    Literal empty = new Literal("", Type.VARCHAR);
    List<Expression> texts = new ArrayList<>(List.of(empty));
    for (Expression argument : arguments) {
      Expression text = Typing.cast(argument, Type.VARCHAR);
      texts.add(Typing.call(Operator.COALESCE, List.of(text, empty)));
    }
    return Typing.call(Operator.CONCAT, texts);
  }
}
