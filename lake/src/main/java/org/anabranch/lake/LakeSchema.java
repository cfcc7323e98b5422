// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.apache.iceberg.types.Types;

/** Between declared columns and the columns of the lake's tables. */
final class LakeSchema {
  static final String LANE = "_lane";
  static final String POSITION = "_position";
  static final String APPENDED_AT = "_appended_at";
  static final int LANE_ID = 1;
  static final int POSITION_ID = 2;
  static final int APPENDED_AT_ID = 3;
  private static final int FIRST_ID = 4;
  private static final Set<String> RESERVED = Set.of(LANE, POSITION, APPENDED_AT);

  /** The columns of a quarantine table; {@code bytes} holds any bytes, not only text. */
  static final Schema QUARANTINE =
      Schema.of(
          Column.required("bytes", Type.VARCHAR),
          Column.required("content_type", Type.VARCHAR),
          Column.required("code", Type.VARCHAR),
          Column.required("column", Type.VARCHAR),
          Column.required("reason", Type.VARCHAR));

  /** Bounds of lane and position are kept whole, since files are chosen by them. */
  static final Map<String, String> BOUNDS =
      Map.of(
          "write.metadata.metrics.column." + LANE, "full",
          "write.metadata.metrics.column." + POSITION, "full");

  private LakeSchema() {}

  static org.apache.iceberg.Schema master(Schema schema) {
    requireFree(schema);
    List<Types.NestedField> fields = positionFields();
    for (Column column : schema.columns()) {
      Types.NestedField field =
          field(FIRST_ID + fields.size() - 3, column.name(), column.nullable(), type(column));
      fields.add(Types.NestedField.from(field).withDoc(note(column.type())).build());
    }
    return new org.apache.iceberg.Schema(fields);
  }

  static org.apache.iceberg.Schema quarantine() {
    List<Types.NestedField> fields = positionFields();
    for (Column column : QUARANTINE.columns()) {
      org.apache.iceberg.types.Type type =
          column.name().equals("bytes") ? Types.BinaryType.get() : Types.StringType.get();
      fields.add(field(FIRST_ID + fields.size() - 3, column.name(), false, type));
    }
    return new org.apache.iceberg.Schema(fields);
  }

  private static List<Types.NestedField> positionFields() {
    List<Types.NestedField> fields = new ArrayList<>();
    fields.add(field(LANE_ID, LANE, false, Types.StringType.get()));
    fields.add(field(POSITION_ID, POSITION, false, Types.LongType.get()));
    fields.add(field(APPENDED_AT_ID, APPENDED_AT, false, Types.TimestampType.withZone()));
    return fields;
  }

  private static Types.NestedField field(
      int id, String name, boolean nullable, org.apache.iceberg.types.Type type) {
    return nullable
        ? Types.NestedField.optional(id, name, type)
        : Types.NestedField.required(id, name, type);
  }

  private static void requireFree(Schema schema) {
    for (Column column : schema.columns()) {
      if (RESERVED.contains(column.name().toLowerCase(java.util.Locale.ROOT))) {
        throw new LakeException(
            "Cannot keep a column named '"
                + column.name()
                + "': the lake's tables have one of their own; choose another name");
      }
    }
  }

  static org.apache.iceberg.types.Type type(Column column) {
    Type type = column.type();
    return switch (type.kind()) {
      case BOOLEAN -> Types.BooleanType.get();
      case INTEGER -> Types.IntegerType.get();
      case BIGINT -> Types.LongType.get();
      case DOUBLE -> Types.DoubleType.get();
      case DECIMAL -> Types.DecimalType.of(type.precision(), type.scale());
      case VARCHAR -> Types.StringType.get();
      case DATE -> Types.DateType.get();
      case TIMESTAMP -> Types.TimestampType.withoutZone();
      case INSTANT -> Types.TimestampType.withZone();
      case MICRO_TIMESTAMP -> Types.TimestampType.withoutZone();
      case MICRO_INSTANT -> Types.TimestampType.withZone();
      case DAYS_INTERVAL, MICRO_INTERVAL, MONTHS_INTERVAL ->
          throw new LakeException(
              "Cannot keep column '" + column.name() + "' of type " + type + " in the lake");
    };
  }

  /**
   * What a column's comment in the table says of its type, null for nothing: Iceberg keeps every
   * time in microseconds, and a column without a note is of milliseconds.
   */
  static String note(Type type) {
    return type.isMicros() ? type.toString() : null;
  }

  /** The declared columns of a master dataset, from its table. */
  static Schema declared(org.apache.iceberg.Schema table) {
    return new Schema(
        table.columns().stream()
            .filter(field -> !RESERVED.contains(field.name()))
            .map(
                field ->
                    field.isOptional()
                        ? Column.nullable(field.name(), declared(field))
                        : Column.required(field.name(), declared(field)))
            .toList());
  }

  private static Type declared(Types.NestedField field) {
    Type type = declared(field.type());
    boolean micros = field.doc() != null && field.doc().equals(note(type.inMicros()));
    return micros ? type.inMicros() : type;
  }

  private static Type declared(org.apache.iceberg.types.Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> Type.BOOLEAN;
      case INTEGER -> Type.INTEGER;
      case LONG -> Type.BIGINT;
      case DOUBLE -> Type.DOUBLE;
      case DECIMAL -> {
        Types.DecimalType decimal = (Types.DecimalType) type;
        yield Type.decimal(decimal.precision(), decimal.scale());
      }
      case STRING, BINARY -> Type.VARCHAR;
      case DATE -> Type.DATE;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC() ? Type.INSTANT : Type.TIMESTAMP;
      default -> throw new LakeException("Cannot read a column of Iceberg type " + type);
    };
  }
}
