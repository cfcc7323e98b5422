// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory a process has taken, where the system tells (Linux does). */
final class ResidentMemory {
  private static final String FIELD = "VmRSS:";

  private ResidentMemory() {}

  /** Megabytes in memory; empty if the process is gone or the system does not say. */
  static OptionalLong megabytes(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
        if (line.startsWith(FIELD)) {
          String kilobytes = line.substring(FIELD.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(kilobytes) / 1024);
        }
      }
    } catch (IOException e) {
      // Gone, or a system that has no such file.
    }
    return OptionalLong.empty();
  }
}
