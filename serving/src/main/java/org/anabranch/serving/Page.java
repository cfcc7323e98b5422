// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Receipt;
import org.anabranch.view.Schema;
import org.anabranch.view.segment.ShownGroup;

/** Makes the answer of one page. It owns the pin. */
final class Page {
  private final Schema schema;
  private final PinnedTiling pin;
  private final int limit;
  private final Cursors cursors;
  private final String question;

  private final String reused;

  /**
   * @param reused the cursor that the page started from, null for the first page
   */
  Page(
      Schema schema, PinnedTiling pin, int limit, Cursors cursors, String question, String reused) {
    this.reused = reused;
    this.schema = schema;
    this.pin = pin;
    this.limit = limit;
    this.cursors = cursors;
    this.question = question;
  }

  /** Where the rest of a list starts, in a token. */
  static int offset(byte[] position) {
    if (position.length != Integer.BYTES || ByteBuffer.wrap(position).getInt() < 0) {
      throw new IllegalArgumentException("Cannot be a place in a list");
    }
    return ByteBuffer.wrap(position).getInt();
  }

  Answer ofWalk(RowWalk walk) {
    return new Rows() {
      private ShownGroup ahead = walk.next();
      private byte[] aheadKey = walk.key();

      @Override
      ShownGroup take() {
        ShownGroup row = ahead;
        position = aheadKey;
        ahead = walk.next();
        aheadKey = walk.key();
        return row;
      }

      @Override
      boolean hasMore() {
        return ahead != null;
      }

      @Override
      List<ShownGroup> sorted() {
        return null;
      }
    };
  }

  Answer ofList(List<ShownGroup> rows, int from) {
    return new Rows() {
      private int next = from;

      @Override
      ShownGroup take() {
        ShownGroup row = rows.get(next++);
        position = ByteBuffer.allocate(Integer.BYTES).putInt(next).array();
        return row;
      }

      @Override
      boolean hasMore() {
        return next < rows.size();
      }

      @Override
      List<ShownGroup> sorted() {
        return rows;
      }
    };
  }

  /** The rows of a page. */
  private abstract class Rows implements Answer {
    byte[] position;
    private final Footing footing = pin.footing();
    private final Receipt receipt = pin.receipt();
    private final Problems problems = new Problems();
    private int given;
    private Optional<String> nextPage = Optional.empty();
    private boolean closed;

    abstract ShownGroup take();

    abstract boolean hasMore();

    abstract List<ShownGroup> sorted();

    @Override
    public Object[] next() {
      if (closed) {
        throw new IllegalStateException("Cannot read on: the answer is closed");
      }
      if (given == limit || !hasMore()) {
        return null;
      }
      ShownGroup row = take();
      problems.add(row.problems());
      given++;
      if (given == limit && hasMore()) {
        String cursor = reused != null ? reused : cursors.keep(question, pin.hold(), sorted());
        nextPage = Optional.of(cursor + '.' + HexFormat.of().formatHex(position));
      }
      return row.values();
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Receipt receipt() {
      return receipt;
    }

    @Override
    public List<Footing> footings() {
      return List.of(footing);
    }

    @Override
    public Problems problems() {
      return problems;
    }

    @Override
    public Optional<String> nextPage() {
      return nextPage;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        pin.close();
      }
    }
  }
}
