// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** Files of the embedded log that its broker must not be started on: it would destroy events. */
public final class DamagedLogException extends LogException {
  private static final long serialVersionUID = 1L;

  /**
   * @param facts which file, where, what is intact, and what to do
   */
  public DamagedLogException(String facts) {
    super("Cannot start the embedded log: " + facts, null);
  }
}
