// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Clock;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;
import org.anabranch.view.expression.Comparison;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.ShownGroup;

/**
 * Keyed and ranged reads of a view, straight from its segments. All pages of an answer are at one
 * receipt. Any number of threads may read.
 */
public final class ViewReader implements AutoCloseable {
  private final ReadLimits limits;
  private final Clock clock;
  private final Cursors cursors;
  private final SortRoom room;

  public ViewReader(ReadLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.cursors = new Cursors(limits.cursors(), limits.cursorMillis(), clock);
    this.room = new SortRoom(limits.sortedBytes());
  }

  /**
   * Reads a page of a view.
   *
   * @throws ServingException if the request cannot be answered
   */
  public Answer read(ViewRelation relation, ReadRequest request) {
    check(relation, request);
    Schema schema = relation.schema();
    Presenter presenter = new Presenter(relation.view());
    Conditions conditions = Conditions.of(relation.name(), schema, request.filters());
    KeyPlan plan = new KeyPlan(relation.view(), presenter.keys(), conditions);
    List<Sort> sorts =
        request.order().stream().map(order -> Sort.of(order, relation.name(), schema)).toList();
    boolean sorted = !isKeyOrder(sorts, plan, relation.view().fold().keys().size());
    String question = relation.view().sql() + '\n' + request.filters() + '\n' + request.order();
    Start start = start(relation, request, question);
    try {
      RowWalk walk =
          new RowWalk(
              relation.view(),
              presenter,
              start.pin().tiling(),
              conditions,
              plan.ranges(),
              sorted ? null : start.after(),
              Deadline.ofRead(clock, limits.timeoutMillis(), relation.name()));
      Page page = new Page(schema, start.pin(), request.limit(), cursors, question, start.cursor());
      return sorted
          ? page.ofList(
              start.sorted() != null ? start.sorted() : sort(walk, sorts, start.pin()),
              start.offset())
          : page.ofWalk(walk);
    } catch (RuntimeException | Error e) {
      start.pin().close();
      throw e;
    }
  }

  private void check(ViewRelation relation, ReadRequest request) {
    if (relation.unavailable().isPresent()) {
      throw new ServingException(
          Reason.UNAVAILABLE,
          "Cannot answer from view " + relation.name() + ": " + relation.unavailable().get());
    }
    if (request.limit() < 1 || request.limit() > limits.rows()) {
      throw new ServingException(
          Reason.REFUSED,
          "Cannot give a page of "
              + request.limit()
              + " rows: take a limit from 1 to "
              + limits.rows()
              + ", and the next page for more");
    }
  }

  /** What a page stands on and where it starts. */
  private record Start(
      PinnedTiling pin, List<ShownGroup> sorted, byte[] after, int offset, String cursor) {}

  private Start start(ViewRelation relation, ReadRequest request, String question) {
    if (request.page().isPresent()) {
      return next(request.page().get(), question);
    }
    String stream = relation.view().fold().stream();
    request
        .awaited()
        .ifPresent(
            receipt -> {
              Waiting.checkConcerns(receipt, List.of(stream));
              Waiting.await(relation.source(), stream, receipt, request.timeoutMillis());
            });
    return new Start(PinnedTiling.of(relation), null, null, 0, null);
  }

  private Start next(String token, String question) {
    String[] parts = token.split("\\.", -1);
    byte[] after;
    try {
      after = HexFormat.of().parseHex(parts[parts.length == 2 ? 1 : 0]);
    } catch (IllegalArgumentException e) {
      throw notAToken(token, e);
    }
    if (parts.length != 2) {
      throw notAToken(token, null);
    }
    Cursors.Cursor cursor = cursors.take(parts[0], question);
    try {
      return new Start(
          cursor.pin(),
          cursor.sorted(),
          after,
          cursor.sorted() == null ? 0 : Page.offset(after),
          parts[0]);
    } catch (RuntimeException e) {
      cursor.pin().close();
      throw notAToken(token, e);
    }
  }

  private static ServingException notAToken(String token, Throwable cause) {
    String shown = token.length() <= 40 ? token : token.substring(0, 40) + "...";
    return new ServingException(
        Reason.REFUSED, "Cannot read page token '" + shown + "': no answer gave it", cause);
  }

  /** Whether rows in order of key are in the wanted order; a key with one value does not count. */
  private static boolean isKeyOrder(List<Sort> sorts, KeyPlan plan, int keys) {
    int key = 0;
    for (Sort sort : sorts) {
      int sortedKey = plan.keyOf(sort.index());
      if (sortedKey >= 0 && plan.isFixed(sortedKey)) {
        continue;
      }
      while (key < keys && plan.isFixed(key)) {
        key++;
      }
      if (sortedKey != key || sort.descending()) {
        return false;
      }
      key++;
    }
    return true;
  }

  /** The rows have their room until nobody holds the tiling any more. */
  private List<ShownGroup> sort(RowWalk walk, List<Sort> sorts, PinnedTiling pin) {
    List<ShownGroup> rows = new ArrayList<>();
    long[] taken = {0};
    pin.afterwards(() -> room.give(taken[0]));
    for (ShownGroup row = walk.next(); row != null; row = walk.next()) {
      long bytes = SortRoom.bytes(row.values());
      take(bytes, taken[0], rows.size());
      taken[0] += bytes;
      rows.add(row);
    }
    Optional<Comparator<ShownGroup>> order =
        sorts.stream().<Comparator<ShownGroup>>map(sort -> sort).reduce(Comparator::thenComparing);
    order.ifPresent(rows::sort);
    return rows;
  }

  private void take(long bytes, long taken, int rows) {
    while (!room.take(bytes)) {
      if (taken + bytes > room.most()) {
        throw new ServingException(
            Reason.LIMIT,
            "Cannot sort the rows: "
                + rows
                + " of them take the "
                + room.most()
                + " bytes that there are for sorting; filter more, take the order of the group"
                + " keys, ask in SQL, or give the server more heap");
      }
      if (!cursors.releaseSorted()) {
        throw new ServingException(
            Reason.BUSY,
            "Cannot sort the rows now: other reads take the "
                + room.most()
                + " bytes that there are for sorting; ask again soon");
      }
    }
  }

  /** The order of rows by one column, NULL and what cannot be compared after everything else. */
  private record Sort(int index, Type type, boolean descending) implements Comparator<ShownGroup> {
    static Sort of(Order order, String relation, Schema schema) {
      int index = Conditions.index(relation, schema, order.column());
      return new Sort(index, schema.column(index).type(), order.descending());
    }

    @Override
    public int compare(ShownGroup left, ShownGroup right) {
      Object a = left.comparable(index);
      Object b = right.comparable(index);
      int ascending;
      if (a == null || b == null) {
        ascending = Boolean.compare(a == null, b == null);
      } else {
        ascending = Comparison.compare(a, b, type);
      }
      return descending ? -ascending : ascending;
    }
  }

  /** How many answers are pinned for their next page. */
  public int cursors() {
    return cursors.size();
  }

  @Override
  public void close() {
    cursors.close();
  }
}
