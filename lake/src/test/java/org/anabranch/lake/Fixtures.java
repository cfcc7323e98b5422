// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;

/** Streams, rows and what the tests ask of them. */
final class Fixtures {
  private static final Logger ICEBERG = Logger.getLogger("org.apache.iceberg");

  static {
    ICEBERG.setLevel(Level.WARNING);
  }

  static final Schema ALL_TYPES =
      Schema.of(
          Column.required("id", Type.BIGINT),
          Column.nullable("flag", Type.BOOLEAN),
          Column.nullable("small", Type.INTEGER),
          Column.nullable("ratio", Type.DOUBLE),
          Column.nullable("price", Type.decimal(9, 2)),
          Column.nullable("total", Type.decimal(18, 4)),
          Column.nullable("huge", Type.decimal(38, 10)),
          Column.nullable("Name of it", Type.VARCHAR),
          Column.nullable("day", Type.DATE),
          Column.nullable("local", Type.TIMESTAMP),
          Column.nullable("instant", Type.INSTANT));

  private Fixtures() {}

  static StreamDefinition stream(String name, Schema schema) {
    return new StreamDefinition(
        name, schema, List.of(), Map.of(), "CREATE STREAM " + name + "\n(\\ as written)");
  }

  static Lane lane(int partition) {
    return new Lane("topic-A_1", 0, partition);
  }

  /** Random rows of a lane; about a quarter of the positions have no row. */
  static Rows rows(Schema schema, Lane lane, long from, long to, Random random) {
    List<Vector> vectors =
        schema.columns().stream().map(column -> Vector.of(column.type(), 4)).toList();
    long[] positions = new long[(int) (to - from)];
    long[] times = new long[positions.length];
    int size = 0;
    for (long position = from; position < to; position++) {
      if (random.nextInt(4) > 0) {
        positions[size] = position;
        times[size] = 1_700_000_000_000L + position;
        size++;
        for (int column = 0; column < schema.size(); column++) {
          vectors.get(column).append(value(schema.column(column), random));
        }
      }
    }
    return new Rows(schema, lane, new Range(from, to), positions, times, vectors, size);
  }

  private static Object value(Column column, Random random) {
    if (column.nullable() && random.nextInt(5) == 0) {
      return null;
    }
    Type type = column.type();
    return switch (type.kind()) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> (long) random.nextInt();
      case BIGINT -> random.nextLong();
      case DOUBLE ->
          random.nextInt(10) == 0
              ? List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, 0.0)
                  .get(random.nextInt(4))
              : (Double) (random.nextGaussian() * 1e6);
      case DECIMAL -> decimal(type, random);
      case VARCHAR -> text(random);
      case DATE -> (long) random.nextInt(80_000) - 20_000;
      case MICRO_TIMESTAMP, MICRO_INSTANT -> random.nextLong() % 4_000_000_000_000_000L;
      default -> random.nextLong() % 4_000_000_000_000L;
    };
  }

  private static BigDecimal decimal(Type type, Random random) {
    BigInteger bound = BigInteger.TEN.pow(random.nextInt(type.precision()) + 1);
    BigInteger unscaled = new BigInteger(140, random).mod(bound);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
  }

  private static String text(Random random) {
    String alphabet = "abcÄ€\uD83D\uDE00 ";
    int length = random.nextInt(6);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int at = random.nextInt(alphabet.codePointCount(0, alphabet.length()));
      text.appendCodePoint(alphabet.codePointAt(alphabet.offsetByCodePoints(0, at)));
    }
    return text.toString();
  }

  static ArchiveBatch batch(String id, Rows... rows) {
    Coverage coverage = Coverage.EMPTY;
    Map<Lane, Integer> epochs = new TreeMap<>();
    for (Rows chunk : rows) {
      coverage = coverage.plus(chunk.coverage());
      epochs.put(chunk.lane(), 7);
    }
    return new ArchiveBatch(
        id, coverage, List.of(rows), epochs, Map.of("appended", id), Integer.MAX_VALUE);
  }

  /** Every row as text by lane and position; refuses chunks that do not add up to the coverage. */
  static Map<String, String> read(History history, Coverage wanted, List<String> columns)
      throws IOException {
    Map<String, String> all = new TreeMap<>();
    Coverage given = Coverage.EMPTY;
    Map<Lane, Long> ends = new TreeMap<>();
    try (History.RowsReader reader = history.read(wanted, columns)) {
      for (Rows rows = reader.next(); rows != null; rows = reader.next()) {
        if (rows.range().from() < ends.getOrDefault(rows.lane(), 0L)) {
          throw new AssertionError("Chunks of " + rows.lane() + " are out of order");
        }
        ends.put(rows.lane(), rows.range().to());
        given = given.plus(rows.coverage());
        texts(rows, columns, all);
      }
    }
    if (!given.equals(wanted)) {
      throw new AssertionError("Read " + given + " instead of " + wanted);
    }
    return all;
  }

  /** Every row as text by lane and position. */
  static void texts(Rows rows, List<String> columns, Map<String, String> into) {
    for (int row = 0; row < rows.size(); row++) {
      List<String> values = new ArrayList<>();
      for (String name : columns) {
        var index = rows.schema().indexOf(name);
        values.add(
            index.isEmpty() ? "null" : String.valueOf(rows.column(index.getAsInt()).get(row)));
      }
      String key = "%s %012d".formatted(rows.lane(), rows.position(row));
      if (into.put(key, rows.appendedAt(row) + " " + values) != null) {
        throw new AssertionError("Row " + key + " is there twice");
      }
    }
  }
}
