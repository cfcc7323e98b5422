// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/** A commit that lost: what it builds on is no longer as it was read. Nothing was changed. */
public final class StaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StaleException(String message) {
    super(message);
  }
}
