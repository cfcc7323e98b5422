// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type.PrimitiveType;

/**
 * How a table's columns become those of a new stream version: columns that may be null are added,
 * INTEGER becomes BIGINT, a DECIMAL or the second of a TIMESTAMP gets more digits, NOT NULL is
 * dropped. All else is refused, all of it at once.
 */
final class SchemaChange {
  private final Schema before;
  private final Schema after;

  SchemaChange(org.apache.iceberg.Schema table, Schema after) {
    this.before = LakeSchema.declared(table);
    this.after = after;
    LakeSchema.master(after);
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new LakeException(
          "Cannot change the columns of a stream this way: " + String.join("; ", problems));
    }
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Column old : before.columns()) {
      OptionalInt index = after.indexOf(old.name());
      if (index.isEmpty()) {
        problems.add("column '" + old.name() + "' is gone, and earlier rows have it");
      } else {
        compare(old, after.column(index.getAsInt()), problems);
      }
    }
    for (Column added : after.columns()) {
      if (before.indexOf(added.name()).isEmpty() && !added.nullable()) {
        problems.add("new column '" + added.name() + "' is NOT NULL, and earlier rows have none");
      }
    }
    return problems;
  }

  private static void compare(Column old, Column changed, List<String> problems) {
    if (!old.type().equals(changed.type()) && !widens(old.type(), changed.type())) {
      problems.add(
          "column '%s' of type %s cannot become %s"
              .formatted(old.name(), old.type(), changed.type()));
    }
    if (old.nullable() && !changed.nullable()) {
      problems.add("column '" + old.name() + "' becomes NOT NULL, and earlier rows may be null");
    }
  }

  private static boolean widens(Type from, Type to) {
    boolean longer = from.kind() == Type.Kind.INTEGER && to.kind() == Type.Kind.BIGINT;
    boolean moreDigits =
        from.kind() == Type.Kind.DECIMAL
            && to.kind() == Type.Kind.DECIMAL
            && from.scale() == to.scale()
            && from.precision() < to.precision();
    boolean micros = to.isMicros() && to.equals(from.inMicros());
    return longer || moreDigits || micros;
  }

  boolean isEmpty() {
    return after.columns().stream().allMatch(column -> isSame(column));
  }

  private boolean isSame(Column column) {
    OptionalInt index = before.indexOf(column.name());
    return index.isPresent()
        && before.column(index.getAsInt()).type().equals(column.type())
        && before.column(index.getAsInt()).nullable() == column.nullable();
  }

  void apply(UpdateSchema update) {
    for (Column column : after.columns()) {
      OptionalInt index = before.indexOf(column.name());
      if (index.isEmpty()) {
        update.addColumn(column.name(), LakeSchema.type(column), LakeSchema.note(column.type()));
      } else {
        change(update, before.column(index.getAsInt()), column);
      }
    }
  }

  private static void change(UpdateSchema update, Column old, Column changed) {
    if (!old.type().equals(changed.type())) {
      update.updateColumn(old.name(), (PrimitiveType) LakeSchema.type(changed));
      update.updateColumnDoc(old.name(), LakeSchema.note(changed.type()));
    }
    if (!old.nullable() && changed.nullable()) {
      update.makeColumnOptional(old.name());
    }
  }
}
