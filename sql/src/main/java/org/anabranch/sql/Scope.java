// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.Optional;
import org.anabranch.view.expression.Expression;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * What names and aggregates mean in one clause. Where a result is null, the scope has reported why.
 */
interface Scope {
  /** The expression that a node as a whole stands for, without a look inside. */
  Optional<Expression> whole(SqlNode node);

  /** The column of a name, or null. */
  Expression column(SqlIdentifier name);

  /** The value of an aggregate, or null. */
  Expression aggregate(AggregateCall call);
}
