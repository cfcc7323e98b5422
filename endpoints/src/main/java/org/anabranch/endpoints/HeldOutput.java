// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/**
 * Holds back the first bytes of an answer, and starts it only when there are more or it is whole.
 */
final class HeldOutput extends OutputStream {
  private final Supplier<OutputStream> start;
  private final int limit;
  private ByteArrayOutputStream held = new ByteArrayOutputStream();
  private OutputStream out;
  private boolean failed;

  HeldOutput(Supplier<OutputStream> start, int limit) {
    this.start = start;
    this.limit = limit;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (out == null && held.size() + length <= limit) {
      held.write(bytes, from, length);
      return;
    }
    release();
    out.write(bytes, from, length);
  }

  private void release() throws IOException {
    if (out == null) {
      out = start.get();
      held.writeTo(out);
      held = new ByteArrayOutputStream(0);
    }
  }

  /** Does something if the answer has not started yet. */
  void beforeStart(Runnable action) {
    if (out == null) {
      action.run();
    }
  }

  /** Forgets what is held: the answer became another one. */
  void fail() {
    failed = true;
  }

  @Override
  public void close() throws IOException {
    if (failed && out == null) {
      return;
    }
    release();
    out.close();
  }
}
