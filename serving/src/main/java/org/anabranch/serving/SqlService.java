// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Optional;
import org.anabranch.view.Clock;
import org.anabranch.view.Receipt;

/** Runs one SELECT over relations of a catalog. Any number of threads may ask. */
public final class SqlService implements AutoCloseable {
  public SqlService(Catalog catalog, SqlSettings settings, Clock clock) {}

  /**
   * Runs a query.
   *
   * @param wait what the answer must account for at least
   * @throws ServingException if there is no answer
   */
  public Answer query(String sql, QueryLimits limits, Optional<Receipt> wait) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
