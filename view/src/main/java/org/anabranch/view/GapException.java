// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/** Positions below the frontier that nothing accounts for: an answer would miss events. */
public final class GapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Coverage missing;

  private GapException(String message, Coverage missing) {
    super(message);
    this.missing = missing;
  }

  public static GapException of(Coverage missing) {
    return new GapException("Cannot answer with a gap: not accounted for are " + missing, missing);
  }

  /** The positions that are missing. */
  public Coverage missing() {
    return missing;
  }
}
