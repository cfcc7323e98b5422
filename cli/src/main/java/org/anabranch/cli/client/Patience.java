// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Repeats a request that changes nothing when repeated, while the server is busy or away. */
final class Patience {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final long millis;

  Patience(long millis) {
    this.millis = millis;
  }

  /** A request. */
  interface Attempt {
    JsonNode send() throws IOException;
  }

  /**
   * @param note is told why it waits
   */
  JsonNode send(Attempt attempt, Consumer<String> note) throws IOException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return attempt.send();
      } catch (IOException e) {
        long wait = Math.max(pause, asked(e));
        if (!isTemporary(e) || System.nanoTime() + wait * 1_000_000 > deadline) {
          throw e;
        }
        note.accept(reason(e));
        pause(wait + ThreadLocalRandom.current().nextLong(pause));
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
      }
    }
  }

  private static boolean isTemporary(IOException problem) {
    if (problem instanceof ServerException answered) {
      return answered.problem().isTemporary();
    }
    return !(problem instanceof InterruptedIOException) || problem instanceof HttpTimeoutException;
  }

  private static long asked(IOException problem) {
    return problem instanceof ServerException answered
        ? answered.problem().retryAfter().map(Duration::toMillis).orElse(0L)
        : 0;
  }

  private static String reason(IOException problem) {
    if (problem instanceof ServerException answered) {
      return answered.problem().status() == 429 ? "the server is busy" : "the server is not ready";
    }
    return problem instanceof ConnectException ? "the server is away" : "the connection was lost";
  }

  static void pause(long wait) throws InterruptedIOException {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot wait for the server: interrupted");
    }
  }
}
