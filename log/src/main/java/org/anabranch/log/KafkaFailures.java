// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.InterruptException;

/** Turns failures of Kafka's clients into those of the log. */
final class KafkaFailures {
  private KafkaFailures() {}

  /** The failure itself, without the futures around it. */
  static Throwable cause(Throwable failure) {
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && failure.getCause() != null ? cause(failure.getCause()) : failure;
  }

  static LogException unavailable(String what, Broker broker, Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof LogException known) {
      return known;
    }
    if (cause instanceof InterruptedException || cause instanceof InterruptException) {
      Thread.currentThread().interrupt();
    }
    return new LogUnavailableException("Cannot " + what + ": " + reason(broker, cause), cause);
  }

  /** Why, in words, with what ended the broker if something did. */
  static String reason(Broker broker, Throwable cause) {
    String text =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return broker
        .fault()
        .map(fault -> text + "; " + fault)
        .orElse(text + " (the log is at " + broker.bootstrapServers() + ")");
  }
}
