// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.List;
import java.util.Optional;
import org.anabranch.view.Receipt;
import org.anabranch.view.Schema;

/**
 * The rows of an answer, walked over once by one thread, and what they account for. What answers
 * stays pinned until it is closed.
 */
public interface Answer extends AutoCloseable {
  Schema schema();

  /**
   * The next row as Java objects in order of the schema (see {@link org.anabranch.view.Type}), null
   * after the last.
   *
   * @throws ServingException if the row cannot be had, a limit is passed for instance
   */
  Object[] next();

  /** What all rows together account for. */
  Receipt receipt();

  /** How each relation stood. */
  List<Footing> footings();

  /**
   * The cells of the rows given so far that could not be shown: they are null in {@link #next()}.
   * Complete after the last row.
   */
  Problems problems();

  /** Where the next page starts, known after the last row; empty if there is none. */
  Optional<String> nextPage();

  @Override
  void close();
}
