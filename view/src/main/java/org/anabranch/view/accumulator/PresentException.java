// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/** A state whose value does not fit its declared type; the caller adds view and group. */
public final class PresentException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String advice;

  /**
   * @param message what does not fit
   * @param advice how to define the aggregate so that it does
   */
  public PresentException(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  public String advice() {
    return advice;
  }
}
