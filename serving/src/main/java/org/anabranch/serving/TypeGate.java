// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Expression.Call;
import org.anabranch.view.expression.Expression.ColumnReference;
import org.anabranch.view.expression.Expression.Literal;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;

/**
 * Types of a query's expressions by the rules that definitions have ({@link Typing}): what they
 * refuse is refused, and a constant text is read as the type that it meets. An expression whose
 * type is not known is null, and so is what is made of it.
 */
final class TypeGate {
  private final Refusals refusals;

  TypeGate(Refusals refusals) {
    this.refusals = refusals;
  }

  /** A value of a type, or null if the type is not known. */
  static Expression of(Type type) {
    return type == null ? null : new ColumnReference(0, "", type);
  }

  static boolean isText(Map<String, Object> node) {
    return text(node, "class").equals("CONSTANT")
        && "STRING".equals(map(node.get("literal")).get("kind"));
  }

  Expression constant(Map<String, Object> node) {
    Map<String, Object> literal = map(node.get("literal"));
    String text = text(literal, "text");
    return switch (text(literal, "kind")) {
      case "STRING" -> new Literal(text, Type.VARCHAR);
      case "BOOLEAN" -> of(Type.BOOLEAN);
      case "NULL_LITERAL" -> new Literal(null, Type.VARCHAR);
      default -> number(node, text);
    };
  }

  private Expression number(Map<String, Object> node, String text) {
    try {
      if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
        return new Literal(Conversions.parseDouble(text), Type.DOUBLE);
      }
      return Typing.number(new BigDecimal(text));
    } catch (TypeException | EvaluationException | NumberFormatException e) {
      throw wrong(node, e);
    }
  }

  /**
   * An operator over operands, of which constant texts become what they are read as.
   *
   * @return what it gives, or null if the type of an operand is not known
   */
  Expression apply(
      Map<String, Object> node,
      Operator operator,
      List<Map<String, Object>> nodes,
      List<Expression> operands) {
    if (operands.contains(null)) {
      return null;
    }
    try {
      Expression result = Typing.call(operator, operands);
      if (result instanceof Call call && call.arguments().size() == nodes.size()) {
        for (int i = 0; i < nodes.size(); i++) {
          read(nodes.get(i), call.arguments().get(i));
        }
      }
      return result;
    } catch (TypeException e) {
      throw wrong(node, e);
    }
  }

  /** A CAST as written. */
  Expression cast(Map<String, Object> node, Expression operand, Type type) {
    if (operand == null) {
      return of(type);
    }
    try {
      return Typing.cast(operand, type);
    } catch (TypeException e) {
      throw wrong(node, e);
    }
  }

  /** A TRY_CAST as written. */
  Expression tryCast(Map<String, Object> node, Expression operand, Type type) {
    try {
      return Typing.tryCast(operand, type);
    } catch (TypeException e) {
      throw wrong(node, e);
    }
  }

  /** Refuses what is known to be no text. */
  void requireTexts(Map<String, Object> node, String function, List<Expression> operands) {
    for (Expression operand : operands) {
      if (operand != null && operand.type().kind() != Type.Kind.VARCHAR) {
        throw wrong(
            node,
            "Cannot apply "
                + function
                + " to "
                + operand.type()
                + ": it takes text; write CAST(... AS VARCHAR)");
      }
    }
  }

  private static void read(Map<String, Object> node, Expression operand) {
    if (isText(node) && operand.type().kind() != Type.Kind.VARCHAR && isValue(operand)) {
      CastGate.read(node, operand.type());
    }
  }

  private static boolean isValue(Expression operand) {
    return operand instanceof Literal literal && literal.value() != null;
  }

  ServingException wrong(Map<String, Object> node, Exception reason) {
    return wrong(node, String.valueOf(reason.getMessage()));
  }

  ServingException wrong(Map<String, Object> node, String reason) {
    return new ServingException(Reason.REFUSED, reason + refusals.place(node));
  }
}
