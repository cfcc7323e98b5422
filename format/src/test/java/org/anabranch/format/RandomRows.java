// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;

/** Random streams and rows for laws. */
final class RandomRows {
  private static final String[] TEXTS = {
    "",
    "-",
    "a",
    "NULL",
    "null",
    "a,b",
    "\"",
    "a\"b\"",
    "line\nbreak",
    "\r\n",
    "\t",
    " pad ",
    "ä€😀",
    "\u0000\u001f",
    "\\",
    "{\"x\":1}",
    "5",
    "true",
    "2015-01-01",
    "\ufeff"
  };
  private static final String[] TIMES = {
    "iso",
    "epoch_seconds",
    "epoch_millis",
    "epoch_micros",
    "epoch_nanos",
    "dd/MMM/yyyy:HH:mm:ss Z",
    "EEE, d MMMM yyyy h:mm a",
    "yyyyMMddHHmmssSSS",
    "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"
  };
  private static final List<Type> TYPES =
      List.of(
          Type.BOOLEAN,
          Type.INTEGER,
          Type.BIGINT,
          Type.DOUBLE,
          Type.decimal(5, 2),
          Type.decimal(18, 18),
          Type.decimal(38, 10),
          Type.VARCHAR,
          Type.VARCHAR,
          Type.DATE,
          Type.TIMESTAMP,
          Type.INSTANT,
          Type.MICRO_TIMESTAMP,
          Type.MICRO_INSTANT);

  private final Random random;

  RandomRows(Random random) {
    this.random = random;
  }

  StreamDefinition stream(String format) {
    Map<String, String> options = new HashMap<>(Map.of("format", format));
    if (format.equals("regex")) {
      options.put("pattern", "(?P<c0>.*)");
    }
    if (random.nextInt(3) == 0) {
      options.put("null", pick("-", "NULL", "5", "0"));
    }
    if (random.nextInt(3) == 0) {
      options.put("unknown", "keep");
    }
    if (random.nextInt(4) == 0) {
      options.put("delimiter", pick(";", "\\t", "|", "5", " "));
    }
    if (random.nextInt(4) == 0) {
      options.put("quote", "none");
    }
    if (random.nextInt(3) == 0) {
      options.put("timestamp_format", TIMES[random.nextInt(TIMES.length)]);
    }
    int size = 1 + random.nextInt(6);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      columns.add(column(i, format));
    }
    return new StreamDefinition("random", new Schema(columns), List.of(), options, "");
  }

  private Column column(int index, String format) {
    Type type = TYPES.get(random.nextInt(TYPES.size()));
    Map<String, String> options = new HashMap<>();
    if (random.nextInt(3) == 0 && !format.equals("regex")) {
      options.put("field", pick("deep.f" + index, "deep.er.f" + index, "f \"" + index));
    }
    boolean nullable = format.equals("regex") || random.nextInt(4) > 0;
    Optional<Object> standIn = random.nextInt(4) == 0 ? Optional.of(value(type)) : Optional.empty();
    return new Column("c" + index, type, nullable, standIn, options);
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** A value as a vector takes it. */
  Object value(Type type) {
    return switch (type.kind()) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> random.nextInt(3) == 0 ? (long) random.nextInt() : random.nextInt(10);
      case BIGINT -> random.nextLong() >> random.nextInt(64);
      case DOUBLE -> doubleValue();
      case DECIMAL -> decimal(type);
      case VARCHAR -> TEXTS[random.nextInt(TEXTS.length)];
      case DATE -> CivilDate.FIRST_DAY + random.nextInt(3_652_059);
      case MICRO_TIMESTAMP, MICRO_INSTANT ->
          time() * 1000 + (random.nextBoolean() ? random.nextInt(1000) : 0);
      default -> time();
    };
  }

  private double doubleValue() {
    return switch (random.nextInt(5)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> random.nextInt(1000) / 100.0;
      case 2 -> random.nextGaussian();
      case 3 -> Double.POSITIVE_INFINITY;
      default -> random.nextLong();
    };
  }

  private BigDecimal decimal(Type type) {
    BigInteger bound = BigInteger.TEN.pow(1 + random.nextInt(type.precision()));
    BigInteger unscaled = new BigInteger(160, random).mod(bound);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
  }

  private long time() {
    long day = CivilDate.FIRST_DAY + random.nextInt(3_652_059);
    long milli = random.nextInt(86_400_000);
    return day * CivilDate.DAY_MILLIS
        + switch (random.nextInt(3)) {
          case 0 -> milli;
          case 1 -> milli / 1000 * 1000;
          default -> 0;
        };
  }

  /** Fills the open row of a builder with random values and commits it. */
  void fill(RowsBuilder rows) {
    List<Column> columns = rows.stream().schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      boolean isNull = columns.get(i).nullable() && random.nextInt(5) == 0;
      rows.vector(i).append(isNull ? null : value(columns.get(i).type()));
    }
    if (rows.stream().keepsUnknown()) {
      rows.vector(columns.size()).append(rest(rows.stream()));
    }
    rows.commitRow(rows.size(), 0);
  }

  private String rest(StreamDefinition stream) {
    boolean hasInner =
        stream.schema().columns().stream()
            .anyMatch(c -> c.options().getOrDefault("field", "").startsWith("deep."));
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 -> "{\"a\":[1.0,{\"b\":\"\\n\"}],\"ä\":null}";
      default -> hasInner ? "{\"deep\":{\"other\":\"x\"},\"z\":{}}" : "{\"z\":{}}";
    };
  }
}
