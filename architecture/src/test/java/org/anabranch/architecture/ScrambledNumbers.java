// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.LongVector;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;

/** A history that is computed as it is read: every number below a bound twice, scrambled. */
record ScrambledNumbers(Schema schema, int numbers) implements History {
  private static final Lane LANE = new Lane("numbers", 0, 0);
  private static final int CHUNK = 8_192;

  @Override
  public Coverage coverage() {
    return Coverage.of(LANE, 0, 2L * numbers);
  }

  @Override
  public RowsReader read(Coverage wanted, List<String> columns) {
    Column number = schema.column(schema.indexOf("number").orElseThrow());
    return new RowsReader() {
      private long from;

      @Override
      public Rows next() {
        if (from == 2L * numbers) {
          return null;
        }
        Range range = new Range(from, Math.min(2L * numbers, from + CHUNK));
        from = range.to();
        int size = (int) range.length();
        LongVector values = new LongVector(number.type(), size);
        long[] positions = new long[size];
        for (int row = 0; row < size; row++) {
          positions[row] = range.from() + row;
          values.appendLong((positions[row] % numbers * 0x9E3779B97F4A7C15L) >> 20);
        }
        return new Rows(
            new Schema(List.of(number)), LANE, range, positions, positions, List.of(values), size);
      }

      @Override
      public void close() {}
    };
  }
}
