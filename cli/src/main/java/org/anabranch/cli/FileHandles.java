// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many files and connections this process may have open, and for what. The embedded broker dies
 * of one that it does not get, so connections are let in only as far as the rest has its share.
 *
 * @param most how many there may be
 * @param open how many there are before anything is started
 */
record FileHandles(long most, long open) {
  /** What broker, lake, segments and queries of a small pipeline have open, and room beside it. */
  private static final long WORKING = 256;

  /** With fewer connections a server is of no use. */
  private static final long FEWEST = 16;

  /** A connection, and the scratch file that its body or its answer may be in. */
  private static final long EACH = 2;

  /** Those of this process; empty where the system does not say. */
  static Optional<FileHandles> ofThisProcess() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? Optional.of(
            new FileHandles(
                system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount()))
        : Optional.empty();
  }

  /** The segment files of a log, each of which its broker keeps open. */
  static long segments(Path log) throws IOException {
    if (!Files.isDirectory(log)) {
      return 0;
    }
    try (Stream<Path> files =
        Files.find(log, 2, (path, kind) -> path.toString().endsWith(".log"))) {
      return files.count();
    }
  }

  /**
   * What is open whether anybody connects or not.
   *
   * @param segments files of the log that there are
   * @param lanes of all streams; each begins a file of the log and writes a scratch segment
   * @param workers each may have an answer in a scratch file beside the body that it answers
   */
  record Share(long segments, long lanes, long workers) {
    private long scratch() {
      return lanes + workers;
    }

    private long total() {
      return segments + lanes + scratch();
    }
  }

  /**
   * How many connections may be let in. Each may have its body, or its answer, in a scratch file.
   *
   * @param wanted at most so many
   * @throws CommandException if there are too few handles for anything
   */
  int connections(int wanted, Share share) {
    long left = most - open - WORKING - share.total();
    if (left < FEWEST * EACH) {
      throw new CommandException(
          ExitCode.REFUSED,
          "Cannot start: this process may have "
              + most
              + " files and connections open, and needs "
              + (open + WORKING + share.total() + FEWEST * EACH)
              + " ("
              + (share.segments() + share.lanes())
              + " of them for the files of the log, "
              + (share.scratch() + FEWEST)
              + " for scratch files); raise the limit: ulimit -n 4096, or LimitNOFILE= of its"
              + " service");
    }
    return (int) Math.min(wanted, left / EACH);
  }

  /** What is to be said about fewer connections than wanted. */
  Optional<String> note(int wanted, int connections) {
    return connections < wanted
        ? Optional.of(
            "This process may have "
                + most
                + " files and connections open: it takes "
                + connections
                + " connections at once instead of "
                + wanted
                + "; raise the limit with ulimit -n")
        : Optional.empty();
  }
}
