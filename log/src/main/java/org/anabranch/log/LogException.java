// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** A log that cannot do what was asked; each kind says what that means for the caller. */
public abstract sealed class LogException extends RuntimeException
    permits CorruptLogException,
        DamagedLogException,
        EventTooLargeException,
        LogUnavailableException,
        LostPositionException,
        TopicDeletedException,
        TopicRecreatedException,
        TopicRefusedException,
        UnknownOutcomeException {
  private static final long serialVersionUID = 1L;

  LogException(String message, Throwable cause) {
    super(message, cause);
  }
}
