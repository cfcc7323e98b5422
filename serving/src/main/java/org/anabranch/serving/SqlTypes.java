// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.Type;
import org.anabranch.view.expression.EvaluationException;
import org.anabranch.view.expression.MicroTimes;
import org.anabranch.view.expression.TimeFunctions;
import org.duckdb.DuckDBAppender;

/** Our types as DuckDB's and back. */
final class SqlTypes {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");

  private SqlTypes() {}

  /** The type as DuckDB writes it. */
  static String name(Type type) {
    return switch (type.kind()) {
      case DECIMAL -> "DECIMAL(" + type.precision() + "," + type.scale() + ")";
      case TIMESTAMP -> "TIMESTAMP";
      case INSTANT -> "TIMESTAMPTZ";
      case MICRO_TIMESTAMP -> "TIMESTAMP";
      case MICRO_INSTANT -> "TIMESTAMPTZ";
      case DAYS_INTERVAL, MICRO_INTERVAL, MONTHS_INTERVAL ->
          throw new IllegalArgumentException("Cannot keep an interval in a column");
      default -> type.kind().name();
    };
  }

  /**
   * Our type for a column of a result. DuckDB has one type for times of milliseconds and of
   * microseconds, and the gate knows which it is.
   *
   * @param known what the gate knows, or null
   */
  static Type of(String column, String name, Type known) {
    Type type = of(column, name);
    return known != null && known.inMillis().equals(type) ? known : type;
  }

  private static Type of(String column, String name) {
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      return Type.decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return switch (name.replace("\"", "")) {
      case "BOOLEAN" -> Type.BOOLEAN;
      case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT" -> Type.INTEGER;
      case "BIGINT", "UINTEGER" -> Type.BIGINT;
      case "HUGEINT", "UBIGINT" -> Type.decimal(Type.MAX_PRECISION, 0);
      case "DOUBLE", "FLOAT" -> Type.DOUBLE;
      case "VARCHAR", "NULL" -> Type.VARCHAR;
      case "DATE" -> Type.DATE;
      case "TIMESTAMP", "TIMESTAMP_MS" -> Type.TIMESTAMP;
      case "TIMESTAMP WITH TIME ZONE" -> Type.INSTANT;
      default ->
          throw new ServingException(
              ServingException.Reason.REFUSED,
              "Cannot give column " + column + " of type " + name + ": " + advice(name));
    };
  }

  private static String advice(String name) {
    return name.equals("INTERVAL")
        ? "write EXTRACT(EPOCH FROM a) - EXTRACT(EPOCH FROM b) for a distance in seconds"
        : "CAST it to a type that a column may have";
  }

  /** A value of a result as the Java object of our type. */
  static Object read(ResultSet result, int index, Type type) throws SQLException {
    if (result.getObject(index) == null) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN -> result.getBoolean(index);
      case INTEGER, BIGINT -> result.getLong(index);
      case DOUBLE -> DoubleVector.canonical(result.getDouble(index));
      case DECIMAL -> decimal(result.getObject(index), type);
      case VARCHAR -> result.getString(index);
      case DATE -> day(result.getObject(index, LocalDate.class).toEpochDay());
      case TIMESTAMP -> millis(clock(result, index));
      case MICRO_TIMESTAMP -> micros(clock(result, index));
      case MICRO_INSTANT -> micros(result.getObject(index, OffsetDateTime.class));
      default -> millis(result.getObject(index, OffsetDateTime.class));
    };
  }

  private static OffsetDateTime clock(ResultSet result, int index) throws SQLException {
    return result.getObject(index, LocalDateTime.class).atOffset(ZoneOffset.UTC);
  }

  private static BigDecimal decimal(Object value, Type type) throws SQLException {
    BigDecimal decimal =
        value instanceof BigInteger whole ? new BigDecimal(whole) : new BigDecimal("" + value);
    if (decimal.precision() - decimal.scale() > type.precision() - type.scale()) {
      throw new SQLException("Out of Range Error: " + decimal + " does not fit " + type);
    }
    return decimal.setScale(type.scale());
  }

  private static long day(long day) {
    inYears(Math.multiplyExact(day, TimeFunctions.MILLIS_PER_DAY));
    return day;
  }

  /** The gate sees to it that no time leaves its years; whatever it missed is not shown. */
  private static long inYears(long millis) {
    try {
      return TimeFunctions.checked(millis);
    } catch (EvaluationException e) {
      throw new ServingException(ServingException.Reason.FAILED, e.getMessage(), e);
    }
  }

  private static long millis(OffsetDateTime time) throws SQLException {
    if (time.getNano() % 1_000_000 != 0) {
      throw new SQLException(
          "Conversion Error: "
              + time
              + " is not a whole number of milliseconds; write CAST(x AS TIMESTAMP(6))");
    }
    return inYears(time.toInstant().toEpochMilli());
  }

  private static long micros(OffsetDateTime time) {
    long millis = inYears(time.toInstant().toEpochMilli());
    return MicroTimes.ofMillis(millis) + time.getNano() / 1000 % 1000;
  }

  /** Appends a Java object of our type. */
  static void append(DuckDBAppender appender, Object value, Type type) throws SQLException {
    if (value == null) {
      appender.appendNull();
      return;
    }
    switch (type.kind()) {
      case BOOLEAN -> appender.append((boolean) (Boolean) value);
      case INTEGER -> appender.append((int) (long) (Long) value);
      case BIGINT -> appender.append((long) (Long) value);
      case DOUBLE -> appender.append((double) (Double) value);
      case DECIMAL -> appender.append((BigDecimal) value);
      case VARCHAR -> appender.append((String) value);
      case DATE -> appender.appendEpochDays((int) (long) (Long) value);
      case MICRO_TIMESTAMP, MICRO_INSTANT -> appender.appendEpochMicros((Long) value);
      default -> appender.appendEpochMicros(Math.multiplyExact((Long) value, 1000L));
    }
  }
}
