// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Objects;

/**
 * A column or expression type. How values travel, in vectors and as Java objects:
 *
 * <table>
 *   <caption>Representation</caption>
 *   <tr><th>kind</th><th>vector</th><th>object</th></tr>
 *   <tr><td>BOOLEAN</td><td>{@link LongVector} 0/1</td><td>Boolean</td></tr>
 *   <tr><td>INTEGER, BIGINT</td><td>{@link LongVector}</td><td>Long</td></tr>
 *   <tr><td>DOUBLE</td><td>{@link DoubleVector}; -0.0 is stored as 0.0</td><td>Double</td></tr>
 *   <tr><td>DECIMAL(p,s), p up to 18</td><td>{@link LongVector}, unscaled</td>
 *       <td>BigDecimal of scale s</td></tr>
 *   <tr><td>DECIMAL(p,s), p up to 38</td><td>{@link DecimalVector}, unscaled 128 bit</td>
 *       <td>BigDecimal of scale s</td></tr>
 *   <tr><td>VARCHAR</td><td>{@link TextVector}, UTF-8</td><td>String</td></tr>
 *   <tr><td>DATE</td><td>{@link LongVector}, days since 1970-01-01</td><td>Long</td></tr>
 *   <tr><td>TIMESTAMP</td><td>{@link LongVector}, milliseconds since 1970-01-01T00:00 of a clock
 *       without zone</td><td>Long</td></tr>
 *   <tr><td>INSTANT (TIMESTAMP WITH TIME ZONE)</td><td>{@link LongVector}, milliseconds since the
 *       epoch in UTC</td><td>Long</td></tr>
 *   <tr><td>MICRO_TIMESTAMP (TIMESTAMP(6)), MICRO_INSTANT (TIMESTAMP(6) WITH TIME ZONE)</td>
 *       <td>{@link LongVector}, the same in microseconds</td><td>Long</td></tr>
 *   <tr><td>DAYS_INTERVAL, MICRO_INTERVAL, MONTHS_INTERVAL (never in columns)</td>
 *       <td>{@link LongVector}, milliseconds, microseconds or months</td><td>Long</td></tr>
 * </table>
 */
public record Type(Kind kind, int precision, int scale) {
  /** The families of types. */
  public enum Kind {
    BOOLEAN,
    INTEGER,
    BIGINT,
    DOUBLE,
    DECIMAL,
    VARCHAR,
    DATE,
    TIMESTAMP,
    INSTANT,
    MICRO_TIMESTAMP,
    MICRO_INSTANT,
    DAYS_INTERVAL,
    MICRO_INTERVAL,
    MONTHS_INTERVAL
  }

  /** The largest number of digits of a DECIMAL. */
  public static final int MAX_PRECISION = 38;

  /** The largest number of digits of a DECIMAL that is kept in one long. */
  public static final int MAX_LONG_PRECISION = 18;

  public static final Type BOOLEAN = new Type(Kind.BOOLEAN, 0, 0);
  public static final Type INTEGER = new Type(Kind.INTEGER, 0, 0);
  public static final Type BIGINT = new Type(Kind.BIGINT, 0, 0);
  public static final Type DOUBLE = new Type(Kind.DOUBLE, 0, 0);
  public static final Type VARCHAR = new Type(Kind.VARCHAR, 0, 0);
  public static final Type DATE = new Type(Kind.DATE, 0, 0);
  public static final Type TIMESTAMP = new Type(Kind.TIMESTAMP, 0, 0);
  public static final Type INSTANT = new Type(Kind.INSTANT, 0, 0);
  public static final Type MICRO_TIMESTAMP = new Type(Kind.MICRO_TIMESTAMP, 0, 0);
  public static final Type MICRO_INSTANT = new Type(Kind.MICRO_INSTANT, 0, 0);
  public static final Type DAYS_INTERVAL = new Type(Kind.DAYS_INTERVAL, 0, 0);
  public static final Type MICRO_INTERVAL = new Type(Kind.MICRO_INTERVAL, 0, 0);
  public static final Type MONTHS_INTERVAL = new Type(Kind.MONTHS_INTERVAL, 0, 0);

  public Type {
    Objects.requireNonNull(kind, "kind is null");
    boolean valid =
        kind == Kind.DECIMAL
            ? precision >= 1 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision
            : precision == 0 && scale == 0;
    if (!valid) {
      throw new IllegalArgumentException(
          "Cannot have type " + kind + " with precision " + precision + " and scale " + scale);
    }
  }

  public static Type decimal(int precision, int scale) {
    return new Type(Kind.DECIMAL, precision, scale);
  }

  public boolean isNumeric() {
    return isExactNumeric() || kind == Kind.DOUBLE;
  }

  public boolean isExactNumeric() {
    return kind == Kind.INTEGER || kind == Kind.BIGINT || kind == Kind.DECIMAL;
  }

  public boolean isTemporal() {
    return kind == Kind.DATE || isTime();
  }

  /** Whether it is a day with a time of day: a TIMESTAMP of any precision, with a zone or not. */
  public boolean isTime() {
    return kind == Kind.TIMESTAMP || kind == Kind.MICRO_TIMESTAMP || isInstant();
  }

  /** Whether it is a TIMESTAMP WITH TIME ZONE of any precision. */
  public boolean isInstant() {
    return kind == Kind.INSTANT || kind == Kind.MICRO_INSTANT;
  }

  public boolean isInterval() {
    return isDaysInterval() || kind == Kind.MONTHS_INTERVAL;
  }

  /** Whether it is an INTERVAL DAY TO SECOND of any precision. */
  public boolean isDaysInterval() {
    return kind == Kind.DAYS_INTERVAL || kind == Kind.MICRO_INTERVAL;
  }

  /** Whether values are numbers of microseconds. */
  public boolean isMicros() {
    return kind == Kind.MICRO_TIMESTAMP
        || kind == Kind.MICRO_INSTANT
        || kind == Kind.MICRO_INTERVAL;
  }

  /** The type of the same meaning whose values are microseconds; every other type is its own. */
  public Type inMicros() {
    return switch (kind) {
      case TIMESTAMP -> MICRO_TIMESTAMP;
      case INSTANT -> MICRO_INSTANT;
      case DAYS_INTERVAL -> MICRO_INTERVAL;
      default -> this;
    };
  }

  /** The type of the same meaning whose values are milliseconds; every other type is its own. */
  public Type inMillis() {
    return switch (kind) {
      case MICRO_TIMESTAMP -> TIMESTAMP;
      case MICRO_INSTANT -> INSTANT;
      case MICRO_INTERVAL -> DAYS_INTERVAL;
      default -> this;
    };
  }

  /** Whether values are kept in a {@link DecimalVector}. */
  public boolean isWideDecimal() {
    return kind == Kind.DECIMAL && precision > MAX_LONG_PRECISION;
  }

  /** Whether values are kept in a {@link LongVector}. */
  public boolean isLong() {
    return kind != Kind.DOUBLE && kind != Kind.VARCHAR && !isWideDecimal();
  }

  /** The type as SQL writes it. */
  @Override
  public String toString() {
    return switch (kind) {
      case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
      case TIMESTAMP -> "TIMESTAMP(3)";
      case INSTANT -> "TIMESTAMP(3) WITH TIME ZONE";
      case MICRO_TIMESTAMP -> "TIMESTAMP(6)";
      case MICRO_INSTANT -> "TIMESTAMP(6) WITH TIME ZONE";
      case DAYS_INTERVAL -> "INTERVAL DAY TO SECOND";
      case MICRO_INTERVAL -> "INTERVAL DAY TO SECOND(6)";
      case MONTHS_INTERVAL -> "INTERVAL YEAR TO MONTH";
      default -> kind.name();
    };
  }
}
