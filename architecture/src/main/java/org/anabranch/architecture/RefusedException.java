// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

/** A request that this pipeline cannot serve; the message says why and what to do instead. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
