// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

/** A second run was asked for while one is under way. */
public final class RunInProgressException extends Exception {
  private static final long serialVersionUID = 1L;

  public RunInProgressException(BatchRun running) {
    super(
        "Cannot start a batch run: run "
            + running.id()
            + " over stream "
            + running.stream()
            + " is under way ("
            + running.message()
            + "); wait for it to end");
  }
}
