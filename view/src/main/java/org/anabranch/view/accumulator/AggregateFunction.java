// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/** The aggregate functions a view may use. */
public enum AggregateFunction {
  /** COUNT(*). */
  COUNT_ROWS,
  /** COUNT(x): rows whose x is not null. */
  COUNT,
  /** COUNT(DISTINCT x), exact. */
  COUNT_DISTINCT,
  SUM,
  MIN,
  MAX,
  AVG,
  VAR_POP,
  VAR_SAMP,
  STDDEV_POP,
  STDDEV_SAMP,
  APPROX_COUNT_DISTINCT,
  /** APPROX_PERCENTILE(x, q), q a literal from 0 to 1. */
  APPROX_PERCENTILE,
  /** ARG_MIN(x, t): x of the row with the smallest t; of equals, the earliest appended. */
  ARG_MIN,
  /** ARG_MAX(x, t): x of the row with the largest t; of equals, the latest appended. */
  ARG_MAX
}
