// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

/**
 * Every operator and scalar function that expressions may use. What each accepts is decided by
 * {@link Typing}, what each means by {@link Evaluation}; the table for users is in {@code
 * docs/reference/sql.md}.
 */
public enum Operator {
  // arithmetic: operands share one numeric type (DECIMALs keep their own precision and scale);
  // intervals of one type add up, and an interval is multiplied by a BIGINT
  ADD,
  SUBTRACT,
  MULTIPLY,
  /** Integers truncate toward zero; division by zero is an error for every type. */
  DIVIDE,
  MODULO,
  NEGATE,
  ABS,
  /** One argument, or two with a literal number of digits. */
  ROUND,
  FLOOR,
  CEIL,
  /** Without the digits after the point: toward zero. */
  TRUNC,
  /** -1, 0 or 1, by the order of numbers. */
  SIGN,
  // functions of DOUBLE, the same on every JDK
  SQRT,
  EXP,
  LN,
  LOG10,
  /** Base, exponent. */
  POWER,

  // comparison: operands share one type
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  IS_DISTINCT_FROM,
  IS_NOT_DISTINCT_FROM,
  /** The first argument equals one of the others. */
  IN,

  // truth: an error in an operand that does not decide is ignored
  AND,
  OR,
  NOT,
  IS_NULL,
  IS_NOT_NULL,
  IS_TRUE,
  IS_NOT_TRUE,
  IS_FALSE,
  IS_NOT_FALSE,

  /** The first argument that is not null; later ones are not computed. */
  COALESCE,
  /** The greatest argument that is not null; all are computed. */
  GREATEST,
  /** The least argument that is not null; all are computed. */
  LEAST,

  // text
  /** Text, literal pattern, literal escape character (empty text for none). */
  LIKE,
  UPPER,
  LOWER,
  /** Text, characters to remove. */
  TRIM_BOTH,
  TRIM_LEADING,
  TRIM_TRAILING,
  /** Text, start from 1, and optionally length, in code points. */
  SUBSTRING,
  /** Needle, haystack: place from 1 in code points, 0 if absent. */
  POSITION,
  REPLACE,
  /** Text, length in code points, fill. */
  LPAD,
  RPAD,
  /** Text, count. */
  REPEAT,
  REVERSE,
  /** Text, separator, place from 1, or from the end below 0. */
  SPLIT_PART,
  CHAR_LENGTH,
  CONCAT,

  /** The CAST of a text to the type of the call, or null where that would be an error. */
  TRY_CAST,

  // time; the operand is DATE, TIMESTAMP or INSTANT (read at UTC); fields are INTEGER
  EXTRACT_YEAR,
  /** The year that the ISO week belongs to. */
  EXTRACT_ISOYEAR,
  EXTRACT_QUARTER,
  EXTRACT_MONTH,
  EXTRACT_WEEK,
  EXTRACT_DAY,
  /** Sunday is 0, as in PostgreSQL. */
  EXTRACT_DOW,
  /** Monday is 1, Sunday 7. */
  EXTRACT_ISODOW,
  EXTRACT_DOY,
  EXTRACT_HOUR,
  EXTRACT_MINUTE,
  /** DECIMAL(5, 3), with the milliseconds; of microseconds DECIMAL(8, 6). */
  EXTRACT_SECOND,
  /** Milliseconds since the start of the minute; of microseconds DECIMAL(8, 3). */
  EXTRACT_MILLISECOND,
  /** Microseconds since the start of the minute. */
  EXTRACT_MICROSECOND,
  /** Seconds since 1970, or of a days interval, as DECIMAL(18, 3); of microseconds (18, 6). */
  EXTRACT_EPOCH,
  FLOOR_YEAR,
  FLOOR_QUARTER,
  FLOOR_MONTH,
  /** To Monday. */
  FLOOR_WEEK,
  FLOOR_DAY,
  FLOOR_HOUR,
  FLOOR_MINUTE,
  FLOOR_SECOND,
  FLOOR_MILLISECOND,
  /** INSTANT to TIMESTAMP at a literal zone, or TIMESTAMP at a literal zone to INSTANT. */
  AT_TIME_ZONE,
  /**
   * DATE, TIMESTAMP or INSTANT plus a days or months interval (negated to subtract); DATE becomes
   * TIMESTAMP.
   */
  ADD_INTERVAL,
  /**
   * The first minus the second of one temporal type: a days interval, between two DATEs the INTEGER
   * number of days.
   */
  TIME_BETWEEN
}
