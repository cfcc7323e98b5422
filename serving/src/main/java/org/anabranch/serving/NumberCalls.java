// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.Connection;
import java.sql.SQLException;
import org.anabranch.view.expression.DoubleFunctions;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.TimeFunctions;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;

/** Lets DuckDB call functions of ours of numbers; of a NULL they make NULL. */
final class NumberCalls {
  private NumberCalls() {}

  private interface DoubleMeaning {
    double of(double value) throws EvaluationException;
  }

  static void install(Connection connection) throws SQLException {
    register(connection, "sqrt", DoubleFunctions::sqrt);
    register(connection, "exp", DoubleFunctions::exp);
    register(connection, "ln", DoubleFunctions::ln);
    register(connection, "log10", DoubleFunctions::log10);
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(Functions.OURS + "power")
          .withParameters(Double.class, Double.class)
          .withReturnType(Double.class)
          .withFunction(NumberCalls::power)
          .register(connection);
    }
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(Functions.OURS + "in_years")
          .withParameters(Long.class)
          .withReturnType(Long.class)
          .withFunction(NumberCalls::inYears)
          .register(connection);
    }
  }

  private static void register(Connection connection, String name, DoubleMeaning meaning)
      throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder
          .withName(Functions.OURS + name)
          .withParameters(Double.class)
          .withReturnType(Double.class)
          .withFunction((Double value) -> value == null ? null : applied(meaning, value))
          .register(connection);
    }
  }

  private static Double applied(DoubleMeaning meaning, double value) {
    try {
      return meaning.of(value);
    } catch (EvaluationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Double power(Double base, Double exponent) {
    return base == null || exponent == null
        ? null
        : applied(value -> DoubleFunctions.power(value, exponent), base);
  }

  /** Microseconds since 1970, if they lie in the years 0001 to 9999. */
  private static Long inYears(Long micros) {
    if (micros == null) {
      return null;
    }
    try {
      TimeFunctions.checked(Math.floorDiv(micros, 1000L));
      return micros;
    } catch (EvaluationException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
