// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.HashMap;
import java.util.Map;
import org.anabranch.view.Column;
import org.anabranch.view.FieldPath;

/** By which rules the {@code field} of a column is read. */
enum FieldRules {
  /** Today's: what can match nothing is refused. */
  TODAY,
  /** Of a statement that was accepted once: it is taken as it is. */
  STORED,
  /** The same, from when only points separated the names of a path. */
  STORED_WITH_POINTS;

  /** The column with its field as it is written today. */
  Column respelled(Column column, String format) {
    String field = column.options().get("field");
    if (this != STORED_WITH_POINTS || field == null || !format.equals("json")) {
      return column;
    }
    Map<String, String> options = new HashMap<>(column.options());
    options.put("field", FieldPath.ofPoints(field));
    return new Column(
        column.name(), column.type(), column.nullable(), column.defaultValue(), options);
  }
}
