// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.util.Optional;
import org.anabranch.lake.LakeException;
import org.anabranch.log.CorruptLogException;
import org.anabranch.log.LogException;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.log.UnknownOutcomeException;
import org.anabranch.view.DamagedException;
import org.anabranch.view.StaleException;
import org.anabranch.view.segment.GroupTooLargeException;

/**
 * What a failure below means for whoever asked, for the layers above, which know neither log nor
 * lake. A failure that this does not know is an error of ours.
 */
public record Failure(Kind kind, String message) {
  /** What can be done. */
  public enum Kind {
    /** Asking again soon may help. */
    UNAVAILABLE,
    /** Somebody has to look at the log or the lake first. */
    REFUSED,
    /** Bytes at rest are not what was written. */
    DAMAGED,
    /** A file cannot be read or written. */
    STORAGE,
    /** It takes more memory than there is for it. */
    TOO_LARGE
  }

  /** The meaning of a failure: of the first in its chain of causes that has one. */
  public static Optional<Failure> of(Throwable problem) {
    for (Throwable one = problem; one != null; one = one.getCause()) {
      Optional<Kind> kind = kind(one);
      if (kind.isPresent()) {
        String message = one.getMessage();
        return Optional.of(
            new Failure(kind.get(), message == null ? one.getClass().getSimpleName() : message));
      }
    }
    return Optional.empty();
  }

  /** What went wrong, in words: the message of our own failures, of others also what they are. */
  static String words(Throwable failure) {
    String message = failure.getMessage();
    boolean ours = failure.getClass().getName().startsWith("org.anabranch.");
    return ours && message != null ? message : failure.toString();
  }

  private static Optional<Kind> kind(Throwable problem) {
    if (problem instanceof CorruptLogException || problem instanceof DamagedException) {
      return Optional.of(Kind.DAMAGED);
    }
    if (problem instanceof LogUnavailableException
        || problem instanceof UnknownOutcomeException
        || problem instanceof StaleException) {
      return Optional.of(Kind.UNAVAILABLE);
    }
    if (problem instanceof LogException || problem instanceof LakeException) {
      return Optional.of(Kind.REFUSED);
    }
    if (problem instanceof GroupTooLargeException) {
      return Optional.of(Kind.TOO_LARGE);
    }
    return problem instanceof IOException ? Optional.of(Kind.STORAGE) : Optional.empty();
  }
}
