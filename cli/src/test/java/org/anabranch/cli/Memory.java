// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a process has in memory, sample by sample; files that it maps are not counted. */
final class Memory {
  private final Path status;
  private final List<Long> kilobytes = new ArrayList<>();

  Memory(long pid) {
    this.status = Path.of("/proc", Long.toString(pid), "status");
  }

  static boolean isTold() {
    return Files.exists(Path.of("/proc/self/status"));
  }

  void sample() throws IOException {
    kilobytes.add(
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("RssAnon:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow());
  }

  /** The most of a third of the samples, in megabytes: 0, 1 or 2. */
  long third(int which) {
    int size = kilobytes.size();
    return most(kilobytes.subList(size * which / 3, size * (which + 1) / 3));
  }

  long most() {
    return most(kilobytes);
  }

  private static long most(List<Long> samples) {
    return samples.stream().mapToLong(Long::longValue).max().orElse(0) / 1024;
  }
}
