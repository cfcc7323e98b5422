// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

/** The lake refuses something, or is not as it should be; the message says what and where. */
public class LakeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LakeException(String message) {
    super(message);
  }

  public LakeException(String message, Throwable cause) {
    super(message, cause);
  }
}
