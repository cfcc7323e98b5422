// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;

/** The columns of a result: our types, and each name once. */
final class ResultSchema {
  private ResultSchema() {}

  /**
   * The columns of a result.
   *
   * @param known the types that the gate knows, in order, null where it does not
   */
  static Schema of(ResultSetMetaData data, List<Type> known) throws SQLException {
    boolean placed = known.size() == data.getColumnCount();
    List<Column> columns = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      String name = data.getColumnLabel(i).replace(Functions.OURS, "");
      String free = name;
      for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
        free = name + "_" + n;
      }
      Type type = placed ? known.get(i - 1) : null;
      columns.add(Column.nullable(free, SqlTypes.of(name, data.getColumnTypeName(i), type)));
    }
    return new Schema(columns);
  }
}
