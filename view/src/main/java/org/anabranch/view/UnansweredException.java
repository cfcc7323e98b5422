// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.io.IOException;

/** A commit of which nobody could tell whether it was made: what is there is to be read again. */
public final class UnansweredException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnansweredException(Exception cause) {
    super("It is not known whether a commit was made: " + cause.getMessage(), cause);
  }
}
