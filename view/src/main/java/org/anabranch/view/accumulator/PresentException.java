// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/** A state whose value does not fit its declared type; the caller adds view and group. */
public final class PresentException extends Exception {
  private static final long serialVersionUID = 1L;

  public PresentException(String message) {
    super(message);
  }
}
