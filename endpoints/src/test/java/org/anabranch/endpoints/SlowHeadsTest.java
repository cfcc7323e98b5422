// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head that comes a byte at a time ends, however its bytes are spread. */
class SlowHeadsTest {
  private static final int LIMIT_MILLIS = 2_000;
  private static final int PAUSE_MILLIS = 50;

  @TempDir Path directory;

  @Test
  void aHeadThatNeverEndsIsRefusedWhereverItsBytesStand() throws Exception {
    try (Served served = Served.start(directory, LIMIT_MILLIS)) {
      for (String beginning :
          new String[] {"GET /livez?", "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: "}) {
        try (RawClient raw = served.raw().write(beginning)) {
          RawClient.Answer answer = raw.trickle('a', PAUSE_MILLIS).read();
          assertEquals(408, answer.status(), beginning);
          assertTrue(answer.isProblem() && answer.whole(), answer.body());
          assertTrue(answer.body().contains("the head was not complete"), answer.body());
        }
      }
      try (RawClient raw = served.raw()) {
        assertEquals(408, raw.trickle('\n', PAUSE_MILLIS).read().status());
      }
    }
  }

  @Test
  void theNextRequestOfAConnectionHasItsOwnTime() throws Exception {
    String request = "GET /livez HTTP/1.1\r\nHost: localhost\r\n";
    try (Served served = Served.start(directory, LIMIT_MILLIS);
        RawClient raw = served.raw()) {
      long began = System.nanoTime();
      while (System.nanoTime() - began < 2_000_000L * LIMIT_MILLIS) {
        assertEquals(200, raw.write(request).write("\r\n").read().status());
      }
      raw.write(request + "X: ");
      assertEquals(408, raw.trickle('a', PAUSE_MILLIS).read().status());
    }
  }
}
