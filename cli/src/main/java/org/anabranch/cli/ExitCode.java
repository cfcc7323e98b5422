// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

/** What the process ends with; part of the contract. */
public final class ExitCode {
  public static final int OK = 0;

  /** The command could not do what was asked. */
  public static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  public static final int USAGE = 2;

  /** The command worked, and the data are not as they should be. */
  public static final int DATA = 3;

  /** The server is not reachable, or not ready. */
  public static final int UNAVAILABLE = 4;

  /**
   * It could be done and is refused: the data directory or the port is taken, a public interface.
   */
  public static final int REFUSED = 5;

  /** Interrupted from the keyboard. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
