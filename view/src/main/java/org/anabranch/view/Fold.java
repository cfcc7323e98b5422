// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TimeZones;

/**
 * What decides a view's state: which rows, which groups, which aggregates. Views with equal folds
 * share one.
 *
 * <p>Expressions see a row of the stream's columns; with a window two more follow: {@code
 * window_start} and {@code window_end}, of the type of the window's edges. An edge outside the
 * calendar is taken as it is by a key or an argument that is plainly the edge, and by what compares
 * or moves it; any other expression over it is an error ({@link
 * org.anabranch.view.expression.Unpresentable}).
 *
 * @param stream the stream's name
 * @param schema the stream's columns
 * @param window windows that make copies of a row, one a window
 * @param filter WHERE: rows for which it is not true are left out
 * @param keys the group keys
 * @param aggregates the aggregates, without duplicates
 */
public record Fold(
    String stream,
    Schema schema,
    Optional<Window> window,
    Optional<Expression> filter,
    List<Expression> keys,
    List<Aggregate> aggregates) {
  /** Changes whenever equal definitions would give other states than before. */
  private static final String SEMANTICS = "1";

  public Fold {
    Objects.requireNonNull(stream, "stream is null");
    Objects.requireNonNull(schema, "schema is null");
    keys = List.copyOf(keys);
    aggregates = List.copyOf(aggregates);
  }

  /** The index of {@code window_start} in the row; {@code window_end} is the next. */
  public int windowColumn() {
    return schema.size();
  }

  public List<Type> keyTypes() {
    return keys.stream().map(Expression::type).toList();
  }

  /** Names of the stream's columns that the fold reads, in schema order. */
  public List<String> columns() {
    boolean[] used = new boolean[schema.size() + 2];
    window.ifPresent(windows -> mark(windows.time(), used));
    filter.ifPresent(condition -> mark(condition, used));
    keys.forEach(key -> mark(key, used));
    for (Aggregate aggregate : aggregates) {
      aggregate.arguments().forEach(argument -> mark(argument, used));
      aggregate.filter().ifPresent(condition -> mark(condition, used));
    }
    return schema.columns().stream()
        .map(Column::name)
        .filter(name -> used[schema.indexOf(name).orElseThrow()])
        .toList();
  }

  /** Whether the state depends on time-zone data. */
  private boolean usesTimeZones() {
    List<Expression> all = new ArrayList<>(keys);
    window.ifPresent(windows -> all.add(windows.time()));
    filter.ifPresent(all::add);
    for (Aggregate aggregate : aggregates) {
      all.addAll(aggregate.arguments());
      aggregate.filter().ifPresent(all::add);
    }
    return all.stream().anyMatch(Fold::usesTimeZones);
  }

  private static boolean usesTimeZones(Expression expression) {
    return (expression instanceof Expression.Call call && call.operator() == Operator.AT_TIME_ZONE)
        || expression.children().stream().anyMatch(Fold::usesTimeZones);
  }

  private static void mark(Expression expression, boolean[] used) {
    if (expression instanceof Expression.ColumnReference column) {
      used[column.index()] = true;
    }
    expression.children().forEach(child -> mark(child, used));
  }

  /** The digest of everything that decides the state: 32 hexadecimal digits. */
  public String identity() {
    String text =
        String.join(
            "\n",
            "anabranch fold " + SEMANTICS,
            stream.toLowerCase(java.util.Locale.ROOT),
            window.map(Window::canonical).orElse("-"),
            filter.map(Expression::canonical).orElse("-"),
            keys.stream()
                .map(Expression::canonical)
                .collect(Collectors.joining("\n", "keys\n", "")),
            aggregates.stream()
                .map(Aggregate::canonical)
                .collect(Collectors.joining("\n", "aggregates\n", "")),
            usesTimeZones() ? "time zones " + TimeZones.dataVersion() : "-");
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot identify a fold: this JDK has no SHA-256", e);
    }
  }
}
