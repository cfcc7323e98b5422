// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anabranch.view.expression.Expression;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * Names of a row's columns, where aggregates are not allowed.
 *
 * @param columns the row
 * @param clause the clause, for messages
 * @param problems where to report
 * @param span where to point if the grammar does not say
 * @param aliases names of the select list, which are not visible here
 */
record RowScope(Columns columns, String clause, Problems problems, Span span, Set<String> aliases)
    implements Scope {
  /** How many columns a message lists. */
  private static final int LISTED = 12;

  @Override
  public Optional<Expression> whole(SqlNode node) {
    return Optional.empty();
  }

  @Override
  public Expression column(SqlIdentifier identifier) {
    List<String> names = identifier.names;
    Span place = Grammar.span(identifier, span);
    String name = names.get(names.size() - 1);
    if (!isQualifiedWell(names)) {
      problems.add(place, "unknown name '" + String.join(".", names) + "'", qualifierHint(name));
      return null;
    }
    Optional<? extends Expression> found = columns.find(name);
    if (found.isPresent() || columns.isUnreadable(name)) {
      return found.orElse(null);
    }
    Optional<Refusals.Refusal> refusal =
        names.size() == 1 ? FunctionRefusals.niladic(name) : Optional.empty();
    refusal.ifPresentOrElse(
        reason -> problems.add(place, reason.message(), reason.hint()),
        () -> problems.add(place, "unknown column '" + name + "'", unknownHint(name)));
    return null;
  }

  private boolean isQualifiedWell(List<String> names) {
    return names.size() == 1
        || (names.size() == 2 && names.get(0).equalsIgnoreCase(columns.qualifier()));
  }

  private String qualifierHint(String name) {
    String right = columns.find(name).map(column -> column.name()).orElse("");
    return right.isEmpty() ? "nested values are not supported" : "write " + right;
  }

  private String unknownHint(String name) {
    if (aliases.stream().anyMatch(name::equalsIgnoreCase)) {
      return "a name of the select list is not visible in " + clause + ": repeat its expression";
    }
    List<String> names = columns.names();
    String near = Suggestion.didYouMean(name, names);
    if (!near.isEmpty() || names.isEmpty()) {
      return near;
    }
    if (name.equalsIgnoreCase("window_start") || name.equalsIgnoreCase("window_end")) {
      return "write FROM TABLE(TUMBLE(TABLE stream, DESCRIPTOR(time), INTERVAL '1' DAY))";
    }
    return "columns are "
        + String.join(", ", names.subList(0, Math.min(names.size(), LISTED)))
        + (names.size() > LISTED ? ", ..." : "");
  }

  @Override
  public Expression aggregate(AggregateCall call) {
    boolean nested = clause.equals(AggregateCall.CLAUSE);
    problems.add(
        call.span(),
        nested ? "aggregates cannot be nested" : "aggregates are not allowed in " + clause,
        clause.equals("WHERE") ? "write the condition in HAVING" : "");
    return null;
  }
}
