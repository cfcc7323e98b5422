// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench.bugs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Seeds bugs one at a time into a copy of the sources and runs the tests that should find them:
 * {@code bench/run bugs} for all, {@code bench/run bugs audit-parity} for some. Ends with 0 only if
 * each was found.
 */
public final class Main {
  private Main() {}

  public static void main(String[] names) throws IOException, InterruptedException {
    Path project = Path.of("").toAbsolutePath();
    List<SeededBug> all = SeededBug.in(project.resolve("bench").resolve("bugs"));
    List<SeededBug> wanted = new ArrayList<>(all);
    if (names.length > 0) {
      wanted.removeIf(bug -> !List.of(names).contains(bug.name()));
      if (wanted.size() < names.length) {
        System.err.println(
            "Cannot seed all of "
                + List.of(names)
                + ": there are "
                + all.stream().map(SeededBug::name).toList());
        System.exit(2);
      }
    }
    System.exit(run(project, wanted) ? 0 : 1);
  }

  private static boolean run(Path project, List<SeededBug> bugs)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(project.resolve("target").resolve("bugs"));
    SourceCopy copy = SourceCopy.of(project, folder.resolve("copy"));
    Path sound = folder.resolve("none.log");
    if (!copy.isSound(bugs, sound.toFile())) {
      System.err.println(
          "Cannot tell what finds a bug: tests fail without one ("
              + project.relativize(sound)
              + ")");
      return false;
    }
    int found = 0;
    for (SeededBug bug : bugs) {
      Path log = folder.resolve(bug.name() + ".log");
      long start = System.nanoTime();
      Outcome outcome = copy.seed(bug, log.toFile());
      found += outcome == Outcome.FOUND ? 1 : 0;
      System.out.printf(
          "%-8s %-28s %4d s  %s%s%n",
          outcome.name().toLowerCase(java.util.Locale.ROOT),
          bug.name(),
          (System.nanoTime() - start) / 1_000_000_000L,
          bug.title(),
          outcome == Outcome.FOUND ? "" : " (" + project.relativize(log) + ")");
    }
    System.out.printf("%d of %d bugs found%n", found, bugs.size());
    return found == bugs.size();
  }
}
