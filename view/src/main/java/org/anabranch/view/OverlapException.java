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

  /** For a segment that reaches outside of what is to be answered for. */
  public static OverlapException outside(Coverage outside) {
    return new OverlapException(
        "Cannot count positions that are not asked for: outside are " + outside, outside);
  }

  /** The positions that are covered more than once, or outside. */
  public Coverage shared() {
    return shared;
  }
}
