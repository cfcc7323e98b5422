// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.batch.BatchStream;
import org.anabranch.view.TilingSource;

/** A cut that is held until it is closed, with what answers below it. */
final class HeldCut implements BatchStream.Cut {
  private final TilingSource.Pinned pinned;
  private final Runnable release;
  private boolean closed;

  HeldCut(TilingSource.Pinned pinned, Runnable release) {
    this.pinned = pinned;
    this.release = release;
  }

  @Override
  public TilingSource.Pinned pinned() {
    return pinned;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      pinned.close();
      release.run();
    }
  }
}
