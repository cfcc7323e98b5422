// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

/**
 * Bounds on one SQL query.
 *
 * @param timeoutMillis how long it may take, from the first wait to the last row
 * @param rows the most rows of the answer; one more is an error
 */
public record QueryLimits(long timeoutMillis, long rows) {
  public static final QueryLimits DEFAULT = new QueryLimits(30_000, 1_000_000);
}
