// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.io.IOException;
import java.util.List;

/**
 * Accepted rows of a stream by coverage. The log is one, the lake is one: both give the same rows
 * for the same coverage.
 */
public interface History {
  /** What can be read now. It never goes back. */
  Coverage coverage();

  /**
   * Reads the rows of exactly the wanted coverage.
   *
   * <p>The coverages of the chunks that come back are disjoint and add up to the wanted one, in no
   * particular order between lanes; chunks without rows account for positions without rows.
   *
   * @param wanted what to read, inside {@link #coverage}
   * @param columns names of the columns needed; the chunks' schema has just these, in this order
   * @throws GapException if some of it is not here
   */
  RowsReader read(Coverage wanted, List<String> columns) throws IOException;

  /** A run of chunks. */
  interface RowsReader extends AutoCloseable {
    /** The next chunk, or null after the last. */
    Rows next() throws IOException;

    @Override
    void close() throws IOException;
  }
}
