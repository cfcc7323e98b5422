// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.anabranch.view.accumulator.AggregateFunction.APPROX_COUNT_DISTINCT;
import static org.anabranch.view.accumulator.AggregateFunction.APPROX_PERCENTILE;
import static org.anabranch.view.accumulator.AggregateFunction.ARG_MAX;
import static org.anabranch.view.accumulator.AggregateFunction.COUNT_DISTINCT;
import static org.anabranch.view.accumulator.AggregateFunction.COUNT_ROWS;
import static org.anabranch.view.accumulator.AggregateFunction.MAX;
import static org.anabranch.view.accumulator.AggregateFunction.MIN;
import static org.anabranch.view.accumulator.AggregateFunction.SUM;
import static org.anabranch.view.accumulator.AggregateFunction.VAR_POP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/format/states.md}: stored states stay readable. */
class StateBytesTest {
  @Test
  void countsAndSums() {
    assertEquals("AC 02", bytes(COUNT_ROWS, List.of(), rows(Collections.nCopies(300, 0L))));
    assertEquals("00", bytes(SUM, Type.INTEGER));
    assertEquals("02 02 00 80", bytes(SUM, Type.INTEGER, -1L, null, 129L));
    assertEquals("02 00 01 03 01", bytes(SUM, Type.DOUBLE, 0.75, 0.75));
    assertEquals("03 01 01 00", bytes(SUM, Type.DOUBLE, 0.1, -0.1, Double.NaN));
    assertEquals("02 01 05 01 0D", bytes(VAR_POP, Type.INTEGER, 2L, 3L));
    assertEquals("02 00 01 05 00 01 0D 00", bytes(VAR_POP, Type.DOUBLE, 2.0, 3.0));
    assertEquals(
        "02 02 20 E2 04 02 1F 30 44",
        bytes(VAR_POP, Type.decimal(9, 2), new BigDecimal("39.20"), new BigDecimal("44.98")));
  }

  @Test
  void values() {
    assertEquals("01 01 7A", bytes(MIN, Type.VARCHAR, "é", "z"));
    assertEquals("01 7F F8 00 00 00 00 00 00", bytes(MAX, Type.DOUBLE, 1.0, Double.NaN));
    assertEquals(
        "01 FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF 9C",
        bytes(MIN, Type.decimal(38, 2), new BigDecimal("-1.00"), new BigDecimal("1.00")));
    assertEquals(
        "02 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01",
        bytes(COUNT_DISTINCT, Type.BOOLEAN, true, false, true));
    assertEquals(
        "01 00 00 00 00 00 00 00 02 00 01 07 01 61",
        bytes(
            ARG_MAX, List.of(Type.VARCHAR, Type.DATE), List.<Object[]>of(new Object[] {"a", 2L})));
  }

  @Test
  void sketches() {
    assertEquals(
        "03 00 02 34 C9 6A CD CA DB 1B BB 9F 1F FC 79 3B 8A 47 DA",
        bytes(APPROX_COUNT_DISTINCT, Type.BIGINT, 0L, 1L, 0L));
    assertEquals(
        "05 00 04 BF F0 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00 01"
            + " 3F F0 00 00 00 00 00 00 02 7F F8 00 00 00 00 00 00 01",
        bytes(APPROX_PERCENTILE, Type.DOUBLE, -1.0, -0.0, 1.0, 1.0, Double.NaN));
    Object[] many = new Object[66];
    Arrays.setAll(many, i -> i == 0 ? Double.NaN : (double) (i % 65));
    assertEquals(
        "42 01 00 01 00 00 00 00 00 00 00 00 40 50 00 00 00 00 00 00 41 00 01",
        bytes(APPROX_PERCENTILE, Type.DOUBLE, many).substring(0, 68));
  }

  private static String bytes(AggregateFunction function, Type type, Object... values) {
    return bytes(function, List.of(type), rows(Arrays.asList(values)));
  }

  private static String bytes(AggregateFunction function, List<Type> types, List<Object[]> rows) {
    return encoded(AccumulatorLaws.aggregate(function, types).accumulator(), rows);
  }

  private static List<Object[]> rows(List<?> values) {
    return values.stream().map(value -> new Object[] {value}).toList();
  }

  private static <S> String encoded(Accumulator<S> accumulator, List<Object[]> rows) {
    S state = accumulator.zero();
    for (Object[] row : rows) {
      state = accumulator.add(state, row, new RowId(0, 1, 7));
    }
    StateWriter out = new StateWriter();
    accumulator.encode(state, out);
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(out.toByteArray());
  }
}
