// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.MicroTimes;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.apache.calcite.sql.SqlNode;

/** Reads the literal of a DEFAULT, as a value of its column's type. */
final class DefaultValue {
  private DefaultValue() {}

  /** The value; empty for NULL and where a problem has been reported. */
  static Optional<Object> read(Translation translation, Type type, Problems problems)
      throws SyntaxException {
    SqlNode node = Grammar.expression(translation, problems);
    Scope scope = new RowScope(Columns.NONE, "DEFAULT", problems, translation.span(), Set.of());
    Expression bound = new ExpressionBinder(translation, scope, problems).bind(node);
    if (bound == null) {
      return Optional.empty();
    }
    Optional<Literal> literal = bound.asLiteral();
    if (literal.isEmpty()) {
      problems.add(translation.span(), "DEFAULT must be a constant", "write a literal");
      return Optional.empty();
    }
    return literal.get().value() == null
        ? Optional.empty()
        : fitted(literal.get(), type, translation.span(), problems);
  }

  private static Optional<Object> fitted(Literal literal, Type type, Span span, Problems problems) {
    String reason = type + " does not take " + literal.type();
    if (isTaken(literal.type(), type)) {
      try {
        Optional<Literal> cast = Typing.cast(literal, type).asLiteral();
        if (cast.isPresent() && isSame(literal, cast.get())) {
          return Optional.of(cast.get().value());
        }
        reason = "it is no value of " + type;
      } catch (TypeException e) {
        reason = e.getMessage();
      }
    }
    problems.add(span, "this DEFAULT does not fit its column: " + reason);
    return Optional.empty();
  }

  /** Numbers are taken by numbers, and texts by times as in PostgreSQL. */
  private static boolean isTaken(Type from, Type to) {
    return from.inMicros().equals(to.inMicros())
        || from.kind() == to.kind()
        || (from.isExactNumeric() && to.isNumeric())
        || (from.kind() == Type.Kind.VARCHAR && to.isTemporal());
  }

  private static boolean isSame(Literal written, Literal fitted) {
    if (written.type().isMicros() && !fitted.type().isMicros()) {
      return (Long) written.value() == MicroTimes.ofMillis((Long) fitted.value());
    }
    return !written.type().isExactNumeric()
        || !fitted.type().isExactNumeric()
        || number(written).compareTo(number(fitted)) == 0;
  }

  private static BigDecimal number(Literal literal) {
    return literal.value() instanceof BigDecimal decimal
        ? decimal
        : BigDecimal.valueOf((Long) literal.value());
  }
}
