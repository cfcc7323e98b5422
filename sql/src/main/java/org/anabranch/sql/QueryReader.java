// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anabranch.view.Fold;
import org.anabranch.view.View;
import org.anabranch.view.expression.Expression;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/** Reads the SELECT of a view: what it folds, and how its groups are presented. */
final class QueryReader {
  /** A fold and its presentation. */
  record Query(Fold fold, List<View.Output> outputs, Optional<Expression> having) {}

  /** A column of the select list: its expression and its name. */
  record Item(SqlNode node, String name, Span span) {}

  private final Translation translation;
  private final Problems problems;
  private final StreamNames streams;

  QueryReader(Translation translation, Problems problems, StreamNames streams) {
    this.translation = translation;
    this.problems = problems;
    this.streams = streams;
  }

  /** The query; what is wrong with it is reported, and then the result means nothing. */
  Optional<Query> read(SqlNode query) {
    SqlNode node = query;
    if (node instanceof SqlWith with) {
      refuseOther(with);
      return Optional.empty();
    }
    if (node instanceof SqlOrderBy ordered) {
      refuseOrder(ordered);
      node = ordered.query;
    }
    if (!(node instanceof SqlSelect select)) {
      refuseOther(node);
      return Optional.empty();
    }
    return read(select);
  }

  private void refuseOrder(SqlOrderBy ordered) {
    SqlNodeList order = ordered.orderList;
    String hint = "order and limit are given when the view is read";
    if (order != null && !order.isEmpty()) {
      problems.add(span(order), "ORDER BY is not supported in a view", hint);
    }
    for (SqlNode limit : new SqlNode[] {ordered.fetch, ordered.offset}) {
      if (limit != null) {
        Span place = translation.pieceBefore(span(limit)).to(span(limit));
        problems.add(place, "LIMIT, OFFSET and FETCH are not supported in a view", hint);
      }
    }
  }

  /** Refuses what is no SELECT; of two queries, at the word between them. */
  private void refuseOther(SqlNode node) {
    Refusals.Refusal refusal = Refusals.construct(node.getKind());
    boolean two = node.isA(SqlKind.SET_QUERY);
    Span place = two ? translation.pieceAfter(span(((SqlCall) node).operand(0))) : span(node);
    problems.add(place, refusal.message(), refusal.hint());
  }

  private Optional<Query> read(SqlSelect select) {
    refuseClauses(select);
    if (select.getFrom() == null) {
      problems.add(span(select), "FROM is missing", "write FROM and the name of a stream");
      return Optional.empty();
    }
    Optional<FromReader.From> from =
        new FromReader(translation, problems, streams).read(select.getFrom());
    if (from.isEmpty()) {
      return Optional.empty();
    }
    return read(select, from.get(), items(select.getSelectList()));
  }

  private void refuseClauses(SqlSelect select) {
    if (select.isDistinct()) {
      problems.add(
          distinctSpan(select),
          "SELECT DISTINCT is not supported",
          "write GROUP BY with the columns");
    }
    if (!select.getWindowList().isEmpty()) {
      problems.add(
          span(select.getWindowList()), "WINDOW is not supported", "aggregate by GROUP BY");
    }
    if (select.getQualify() != null) {
      problems.add(span(select.getQualify()), "QUALIFY is not supported", "write HAVING");
    }
  }

  /** The word after SELECT. */
  private Span distinctSpan(SqlSelect select) {
    Span whole = span(select);
    return translation.pieces().stream()
        .filter(piece -> piece.image().equalsIgnoreCase("DISTINCT") && whole.contains(piece.span()))
        .findFirst()
        .map(Translation.Piece::span)
        .orElse(whole);
  }

  private Optional<Query> read(SqlSelect select, FromReader.From from, List<Item> items) {
    Set<String> aliases = items.stream().map(Item::name).collect(Collectors.toSet());
    ExpressionBinder where = rowBinder(from, "WHERE", aliases);
    Optional<Expression> filter =
        Optional.ofNullable(select.getWhere()).map(node -> where.bindCondition(node, "WHERE"));
    GroupKeys keys =
        GroupKeys.read(
            select.getGroup(), items, from.columns(), rowBinder(from, "GROUP BY", Set.of()));
    GroupScope scope = new GroupScope(translation, problems, from.columns(), keys);
    ExpressionBinder binder = new ExpressionBinder(translation, scope, problems);
    boolean aggregates = isAggregate(select, items);
    int before = problems.count();
    List<View.Output> outputs =
        outputs(items, aggregates ? binder : rowBinder(from, "SELECT", Set.of()));
    if (!aggregates && problems.count() == before && !select.isDistinct()) {
      problems.add(
          span(select.getSelectList()),
          "a view must aggregate: it has neither an aggregate nor GROUP BY",
          "write GROUP BY, or an aggregate such as COUNT(*); single rows are read from the stream");
    }
    scope.enter(new RowScope(from.columns(), "HAVING", problems, translation.span(), aliases));
    Optional<Expression> having =
        Optional.ofNullable(select.getHaving()).map(node -> binder.bindCondition(node, "HAVING"));
    Fold fold =
        new Fold(
            from.stream().name(),
            from.stream().schema(),
            from.window(),
            filter,
            keys.expressions(),
            scope.aggregates());
    return Optional.of(new Query(fold, outputs, having));
  }

  private ExpressionBinder rowBinder(FromReader.From from, String clause, Set<String> aliases) {
    RowScope scope = new RowScope(from.columns(), clause, problems, translation.span(), aliases);
    return new ExpressionBinder(translation, scope, problems);
  }

  private static boolean isAggregate(SqlSelect select, List<Item> items) {
    return select.getGroup() != null
        || select.getHaving() != null
        || items.stream().anyMatch(item -> AggregateCall.isIn(item.node()));
  }

  private List<Item> items(SqlNodeList list) {
    List<Item> items = new ArrayList<>();
    for (SqlNode node : list) {
      if (node.getKind() == SqlKind.AS) {
        SqlCall as = (SqlCall) node;
        SqlIdentifier alias = as.operand(1);
        items.add(new Item(as.operand(0), alias.getSimple(), span(alias)));
      } else {
        items.add(new Item(node, OutputNames.of(node, translation), span(node)));
      }
    }
    return items;
  }

  private List<View.Output> outputs(List<Item> items, ExpressionBinder binder) {
    List<View.Output> outputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Item item : items) {
      if (AggregateCall.isStar(item.node())) {
        problems.add(
            item.span(),
            "SELECT * is not supported in a view",
            "name the columns; single rows are in the stream, which a query reads");
        continue;
      }
      boolean first = names.add(item.name().toLowerCase(Locale.ROOT));
      Expression expression = binder.bind(item.node());
      if (expression != null && !first) {
        problems.add(
            item.span(), "two columns are named '" + item.name() + "'", "name one of them with AS");
      }
      if (expression != null && GroupKeys.isStorable(expression, item.node(), binder)) {
        outputs.add(new View.Output(item.name(), expression));
      }
    }
    return outputs;
  }

  private Span span(SqlNode node) {
    return Grammar.span(node, translation.span());
  }
}
