// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.output;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** How far something is: a bar that moves on a terminal, a line every ten seconds elsewhere. */
public final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 24;
  private static final long REDRAW_MILLIS = 100;
  private static final long LINE_MILLIS = 10_000;
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier clock;
  private long last;
  private boolean drawn;

  /**
   * @param terminal whether lines can be drawn over
   * @param clock milliseconds
   */
  public ProgressBar(PrintStream err, boolean terminal, LongSupplier clock) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
    this.last = terminal ? Long.MIN_VALUE / 2 : clock.getAsLong();
  }

  /**
   * Shows a state, unless the one before is fresh enough.
   *
   * @param total what there is to do, 0 or less where that is not known
   */
  public void show(long done, long total, String text) {
    long now = clock.getAsLong();
    if (now - last < (terminal ? REDRAW_MILLIS : LINE_MILLIS)) {
      return;
    }
    last = now;
    if (terminal) {
      err.print(ERASE + (total > 0 ? bar(done, total) + " " : "") + text);
      err.flush();
      drawn = true;
    } else {
      err.println((total > 0 ? percent(done, total) + " " : "") + text);
    }
  }

  private static String percent(long done, long total) {
    return String.format("%3d%%", Math.min(100, 100 * done / total));
  }

  private static String bar(long done, long total) {
    int filled = (int) Math.min(WIDTH, WIDTH * done / total);
    return "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + percent(done, total);
  }

  /** Makes room for other lines. */
  public void erase() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
      drawn = false;
    }
  }

  @Override
  public void close() {
    erase();
  }
}
