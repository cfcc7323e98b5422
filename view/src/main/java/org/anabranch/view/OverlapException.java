// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/** Two things account for the same positions: adding them would count events twice. */
public final class OverlapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Coverage shared;

  private OverlapException(String message, Coverage shared) {
    super(message);
    this.shared = shared;
  }

  public static OverlapException of(Coverage shared) {
    return new OverlapException(
        "Cannot count positions twice: covered more than once are " + shared, shared);
  }

  /** The positions that are covered more than once. */
  public Coverage shared() {
    return shared;
  }
}
