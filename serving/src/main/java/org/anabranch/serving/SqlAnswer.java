// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.serving.process.FrameReader;
import org.anabranch.view.Receipt;
import org.anabranch.view.Schema;

/**
 * The result of a query, read row by row as its process sends it. The first rows are taken in
 * before anybody reads them: an answer that is no larger occupies no process while it is read.
 */
final class SqlAnswer implements Answer {
  private final StatementCall call;
  private final Schema schema;
  private final List<Footing> footings;
  private final Problems problems;
  private final Receipt receipt;
  private final long mostRows;
  private final Deadline deadline;
  private final Runnable release;
  private final Deque<FrameReader> ahead = new ArrayDeque<>();
  private FrameReader block;
  private long rows;
  private boolean closed;

  SqlAnswer(
      StatementCall call,
      Schema schema,
      List<Footing> footings,
      Problems problems,
      Receipt receipt,
      long mostRows,
      Deadline deadline,
      int aheadBytes,
      Runnable release) {
    this.call = call;
    this.schema = schema;
    this.footings = footings;
    this.problems = problems;
    this.receipt = receipt;
    this.mostRows = mostRows;
    this.deadline = deadline;
    this.release = release;
    takeAhead(aheadBytes);
  }

  private void takeAhead(int most) {
    long bytes = 0;
    while (bytes < most) {
      Optional<FrameReader> more = more();
      if (more.isEmpty()) {
        return;
      }
      bytes += more.get().size();
      ahead.add(more.get());
    }
  }

  /** The next rows of the process, which takes another statement after the last. */
  private Optional<FrameReader> more() {
    Optional<FrameReader> more = call.rows();
    if (more.isEmpty()) {
      call.close();
    }
    return more;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Object[] next() {
    if (closed) {
      throw new IllegalStateException("Cannot read on: the answer is closed");
    }
    if (rows % RowBlocks.ROWS_BETWEEN_CHECKS == 0) {
      deadline.check();
    }
    while (block == null || !block.hasMore()) {
      block = ahead.isEmpty() ? more().orElse(null) : ahead.poll();
      if (block == null) {
        return null;
      }
    }
    if (++rows > mostRows) {
      throw new ServingException(
          Reason.LIMIT, "Cannot give more than " + mostRows + " rows: write LIMIT, or filter more");
    }
    return block.row(schema);
  }

  @Override
  public Receipt receipt() {
    return receipt;
  }

  @Override
  public List<Footing> footings() {
    return footings;
  }

  @Override
  public Problems problems() {
    return problems;
  }

  @Override
  public Optional<String> nextPage() {
    return Optional.empty();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release.run();
    }
  }
}
