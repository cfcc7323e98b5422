// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.List;
import java.util.Objects;

/**
 * A condition on one column of a view's answer. Values are texts, read as the column's type.
 *
 * @param column the column's name
 * @param test how the column is compared
 * @param values one value; for IN any number, for the tests of NULL none
 */
public record Filter(String column, Test test, List<String> values) {
  /** How a column is compared. Only the tests of NULL hold for NULL. */
  public enum Test {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    IN,
    IS_NULL,
    IS_NOT_NULL
  }

  public Filter {
    Objects.requireNonNull(column, "column is null");
    Objects.requireNonNull(test, "test is null");
    values = List.copyOf(values);
    boolean wrong =
        switch (test) {
          case IN -> false;
          case IS_NULL, IS_NOT_NULL -> !values.isEmpty();
          default -> values.size() != 1;
        };
    if (wrong) {
      throw new IllegalArgumentException(
          "Cannot test " + column + " by " + test + " with " + values.size() + " values");
    }
  }

  public static Filter equal(String column, String value) {
    return new Filter(column, Test.EQUAL, List.of(value));
  }
}
