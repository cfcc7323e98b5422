// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long now = 1_000;

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void elsewhereThanOnATerminalALineComesEveryTenSeconds() {
    try (ProgressBar bar = new ProgressBar(err, false, () -> now)) {
      for (int second = 0; second < 25; second++, now += 1_000) {
        bar.show(second, 100, "rows");
      }
    }
    assertEquals(" 10% rows\n 20% rows\n", shown());
  }

  @Test
  void onATerminalTheBarMovesAndLeavesNothing() {
    try (ProgressBar bar = new ProgressBar(err, true, () -> now)) {
      bar.show(50, 100, "half");
      bar.show(51, 100, "too soon");
      now += 100;
      bar.show(100, 100, "all");
    }
    assertTrue(shown().contains("[############            ]  50% half"), shown());
    assertTrue(!shown().contains("too soon"), shown());
    assertTrue(shown().endsWith("\r\u001b[K"), shown());
  }
}
