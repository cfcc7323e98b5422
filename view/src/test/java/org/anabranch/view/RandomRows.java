// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.List;
import java.util.Random;
import org.anabranch.view.expression.RandomExpressions;
import org.anabranch.view.expression.RandomValues;

/**
 * Random histories: two columns of every type, nulls, NaN and extremes, rows that come twice, lanes
 * of two incarnations, positions without a row.
 */
public final class RandomRows {
  public static final Schema SCHEMA = RandomExpressions.everyType();

  public static final List<Lane> LANES =
      List.of(
          new Lane("first", 0, 0),
          new Lane("first", 0, 1),
          new Lane("second", 1, 0),
          new Lane("second", 1, 2));

  private RandomRows() {}

  /** A history of about so many positions. */
  public static MemoryHistory history(Random random, int positions) {
    MemoryHistory history = new MemoryHistory(SCHEMA, random, 1 + random.nextInt(40));
    RandomValues values = new RandomValues(random);
    Object[] row = values.row(SCHEMA);
    for (int i = 0; i < positions; i++) {
      row = random.nextInt(8) == 0 ? row : values.row(SCHEMA);
      Lane lane = LANES.get(random.nextInt(LANES.size()));
      history.append(lane, random.nextInt(6) == 0 ? null : row);
    }
    return history;
  }
}
