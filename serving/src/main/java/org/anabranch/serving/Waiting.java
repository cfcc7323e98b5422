// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Locale;
import java.util.Optional;
import org.anabranch.view.Coverage;
import org.anabranch.view.Receipt;
import org.anabranch.view.TilingSource;

/** Waiting for what a receipt covers. */
final class Waiting {
  private Waiting() {}

  /** What a receipt covers of a stream, whose name matches without regard to case. */
  static Optional<Coverage> of(Receipt receipt, String stream) {
    return receipt.of(stream);
  }

  /** Waits until a source has reached the receipt, as far as it speaks of the stream. */
  static void await(TilingSource source, String stream, Receipt receipt, long millis) {
    Optional<Coverage> wanted = of(receipt, stream);
    if (wanted.isEmpty()) {
      return;
    }
    try {
      if (!source.await(wanted.get(), Math.max(0, millis))) {
        throw late(stream, wanted.get(), millis);
      }
    } catch (InterruptedException e) {
      throw interrupted(stream, e);
    }
  }

  /**
   * Waits until files account for the receipt, as far as it speaks of their stream.
   *
   * @return the stream's name
   */
  static String await(FileRelation relation, Receipt receipt, Deadline deadline) {
    while (true) {
      long seen = relation.changed().count();
      String stream;
      Optional<Coverage> wanted;
      try (FilePin pin = relation.pin().get()) {
        stream = pin.standing().stream();
        wanted = of(receipt, stream);
        if (wanted.isEmpty() || pin.standing().frontier().containsAll(wanted.get())) {
          return stream;
        }
      }
      try {
        if (!relation.changed().awaitAfter(seen, deadline)) {
          throw late(stream, wanted.get(), deadline.limitMillis());
        }
      } catch (InterruptedException e) {
        throw interrupted(stream, e);
      }
    }
  }

  private static ServingException interrupted(String stream, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ServingException(
        ServingException.Reason.NOT_YET, "Cannot wait for stream " + stream + ": interrupted", e);
  }

  private static ServingException late(String stream, Coverage wanted, long millis) {
    return new ServingException(
        ServingException.Reason.NOT_YET,
        String.format(
            Locale.ROOT,
            "Cannot answer yet: stream %s did not reach the awaited receipt (%s) within %d ms",
            stream,
            wanted,
            millis));
  }

  /** Refuses a receipt that speaks of none of the streams of the question. */
  static void checkConcerns(Receipt receipt, java.util.Collection<String> streams) {
    if (streams.stream().noneMatch(stream -> of(receipt, stream).isPresent())) {
      throw new ServingException(
          ServingException.Reason.REFUSED,
          "Cannot wait for a receipt of "
              + (receipt.coverages().isEmpty() ? "no stream" : receipt.coverages().keySet())
              + ": the question is about "
              + streams);
    }
  }
}
