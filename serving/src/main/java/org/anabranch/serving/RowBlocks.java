// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import org.anabranch.serving.process.Frame;
import org.anabranch.serving.process.FrameWriter;
import org.anabranch.view.Schema;

/** Sends rows in blocks: few frames, and little memory on either side. */
final class RowBlocks {
  static final int ROWS_BETWEEN_CHECKS = 1024;
  private static final int BLOCK_BYTES = 64 << 10;

  private final Sender sender;
  private final Schema schema;
  private final FrameWriter block = new FrameWriter();

  /** Where frames go. */
  interface Sender {
    void send(Frame.Kind kind, FrameWriter content) throws IOException;
  }

  RowBlocks(Sender sender, Schema schema) {
    this.sender = sender;
    this.schema = schema;
  }

  void add(Object[] row) throws IOException {
    block.row(row, schema);
    if (block.size() >= BLOCK_BYTES) {
      send();
    }
  }

  /** Sends what is left. */
  void end() throws IOException {
    if (block.size() > 0) {
      send();
    }
  }

  private void send() throws IOException {
    if (block.size() >= Frame.MOST_BYTES) {
      throw new ServingException(
          ServingException.Reason.LIMIT,
          "Cannot give a row of "
              + block.size()
              + " bytes: at most "
              + Frame.MOST_BYTES
              + "; take fewer columns, or shorter texts");
    }
    sender.send(Frame.Kind.ROWS, block);
    block.clear();
  }
}
