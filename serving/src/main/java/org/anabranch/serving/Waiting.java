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

  /** Whether a source has reached the receipt, as far as it speaks of the stream. */
  static boolean isReached(TilingSource source, String stream, Receipt receipt) {
    try {
      Optional<Coverage> wanted = of(receipt, stream);
      return wanted.isEmpty() || source.await(wanted.get(), 0);
    } catch (InterruptedException e) {
      throw interrupted(stream, e);
    }
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

  static ServingException interrupted(String stream, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ServingException(
        ServingException.Reason.NOT_YET, "Cannot wait for stream " + stream + ": interrupted", e);
  }

  static ServingException late(String stream, Coverage wanted, long millis) {
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
