// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.view.Receipt;

/**
 * What to read of a view.
 *
 * @param filters conditions that all hold
 * @param order columns to sort by; empty for the order of the group keys
 * @param limit the most rows of a page
 * @param page where the page starts, from the answer before; the rest of the request must be as it
 *     was then
 * @param awaited what the answer must account for at least
 * @param timeoutMillis how long to wait for it
 */
public record ReadRequest(
    List<Filter> filters,
    List<Order> order,
    int limit,
    Optional<String> page,
    Optional<Receipt> awaited,
    long timeoutMillis) {
  public static final int DEFAULT_LIMIT = 100;

  /** The first rows in order of the group keys. */
  public static final ReadRequest FIRST =
      new ReadRequest(List.of(), List.of(), DEFAULT_LIMIT, Optional.empty(), Optional.empty(), 0);

  public ReadRequest {
    filters = List.copyOf(filters);
    order = List.copyOf(order);
    Objects.requireNonNull(page, "page is null");
    Objects.requireNonNull(awaited, "awaited is null");
  }

  public ReadRequest where(List<Filter> conditions) {
    return new ReadRequest(conditions, order, limit, page, awaited, timeoutMillis);
  }

  public ReadRequest orderedBy(List<Order> columns) {
    return new ReadRequest(filters, columns, limit, page, awaited, timeoutMillis);
  }

  public ReadRequest limitedTo(int rows) {
    return new ReadRequest(filters, order, rows, page, awaited, timeoutMillis);
  }

  public ReadRequest from(Optional<String> pageToken) {
    return new ReadRequest(filters, order, limit, pageToken, awaited, timeoutMillis);
  }

  public ReadRequest waitingFor(Optional<Receipt> receipt, long millis) {
    return new ReadRequest(filters, order, limit, page, receipt, millis);
  }
}
