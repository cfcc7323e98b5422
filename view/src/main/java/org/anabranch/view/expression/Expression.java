// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.view.Type;

/**
 * A typed expression over one row. Every operand already has the type its operator wants: implicit
 * conversions are explicit {@link Cast}s, put there by {@link Typing}. Its value is a value of its
 * type, null, or an error. Immutable, compared by content.
 */
public sealed interface Expression {
  Type type();

  /** A text that is equal for equal expressions; part of what identifies a fold. */
  String canonical();

  /** A constant, as a Java object of the type's representation, or null. */
  record Literal(Object value, Type type) implements Expression {
    public Literal {
      Objects.requireNonNull(type, "type is null");
    }

    @Override
    public String canonical() {
      return Canonical.literal(value, type);
    }
  }

  /**
   * The value of a column of the row.
   *
   * @param index the column's place in the row
   * @param name its name as declared
   */
  record ColumnReference(int index, String name, Type type) implements Expression {
    public ColumnReference {
      Objects.requireNonNull(name, "name is null");
      Objects.requireNonNull(type, "type is null");
    }

    /** By name and type: a column's place may change between versions of a stream. */
    @Override
    public String canonical() {
      return Canonical.column(name, type);
    }
  }

  /** An operator or function applied to its arguments. */
  record Call(Operator operator, List<Expression> arguments, Type type) implements Expression {
    public Call {
      Objects.requireNonNull(operator, "operator is null");
      Objects.requireNonNull(type, "type is null");
      arguments = List.copyOf(arguments);
    }

    @Override
    public String canonical() {
      return Canonical.call(operator.name(), arguments, type);
    }
  }

  /**
   * The value of the first branch whose condition is true, else of {@code otherwise}. Only the
   * branch that is taken is computed.
   */
  record Case(List<When> branches, Expression otherwise, Type type) implements Expression {
    public Case {
      Objects.requireNonNull(otherwise, "otherwise is null");
      Objects.requireNonNull(type, "type is null");
      branches = List.copyOf(branches);
    }

    @Override
    public String canonical() {
      return Canonical.branches(branches, otherwise, type);
    }
  }

  /** One branch of a {@link Case}. */
  record When(Expression condition, Expression value) {}

  /** A conversion that may fail for some values. */
  record Cast(Expression operand, Type type) implements Expression {
    public Cast {
      Objects.requireNonNull(operand, "operand is null");
      Objects.requireNonNull(type, "type is null");
    }

    @Override
    public String canonical() {
      return Canonical.call("CAST", List.of(operand), type);
    }
  }

  /** The expressions directly inside this one, in order. */
  default List<Expression> children() {
    if (this instanceof Call call) {
      return call.arguments();
    }
    if (this instanceof Cast cast) {
      return List.of(cast.operand());
    }
    if (this instanceof Case cases) {
      return Canonical.children(cases);
    }
    return List.of();
  }

  /** The constant this expression is, if it is one. */
  default Optional<Literal> asLiteral() {
    return this instanceof Literal literal ? Optional.of(literal) : Optional.empty();
  }
}
