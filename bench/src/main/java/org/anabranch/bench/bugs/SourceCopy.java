// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench.bugs;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A copy of the project's sources in which bugs are put and built; the original is not touched. */
final class SourceCopy {
  private static final Set<String> LEFT_OUT = Set.of("target", ".git", "data");
  private static final long LONGEST_MINUTES = 15;

  private final Path copy;

  private SourceCopy(Path copy) {
    this.copy = copy;
  }

  /** Brings a copy up to date; what was built in it before stays. */
  static SourceCopy of(Path project, Path copy) throws IOException {
    Files.walkFileTree(
        project,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(copy.resolve(project.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = copy.resolve(project.relativize(file));
            if (!Files.exists(target) || Files.mismatch(file, target) >= 0) {
              Files.copy(
                  file,
                  target,
                  StandardCopyOption.REPLACE_EXISTING,
                  StandardCopyOption.COPY_ATTRIBUTES);
              Files.setLastModifiedTime(target, FileTime.fromMillis(System.currentTimeMillis()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return new SourceCopy(copy);
  }

  /** Runs the tests of all bugs without one: a test that fails anyhow would show nothing. */
  boolean isSound(List<SeededBug> bugs, File log) throws IOException, InterruptedException {
    List<String> modules = bugs.stream().map(SeededBug::module).distinct().toList();
    List<String> tests = bugs.stream().flatMap(bug -> bug.tests().stream()).distinct().toList();
    return test(modules, tests, log) == 0;
  }

  /** Puts a bug in, runs the tests that should find it, and takes it out again. */
  Outcome seed(SeededBug bug, File log) throws IOException, InterruptedException {
    Path file = copy.resolve(bug.file());
    String sound = Files.readString(file);
    Files.writeString(file, bug.seededIn(sound));
    try {
      int status = test(List.of(bug.module()), bug.tests(), log);
      return Outcome.of(status, Files.readString(log.toPath()));
    } finally {
      Files.writeString(file, sound);
    }
  }

  private int test(List<String> modules, List<String> tests, File log)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            "mvn",
            "-B",
            "-ntp",
            "-Dquick",
            "-pl",
            String.join(",", modules),
            "-am",
            "-Danabranch.test.minutes=3",
            "-Danabranch.module.seconds=420",
            "-Dtest=" + String.join(",", tests),
            "-Dsurefire.failIfNoSpecifiedTests=false",
            "test");
    Process build =
        new ProcessBuilder(command)
            .directory(copy.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    if (!build.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      build.descendants().forEach(ProcessHandle::destroyForcibly);
      build.destroyForcibly();
      Files.writeString(
          log.toPath(),
          "\nTests run: not to their end. There was a timeout: the bug makes them wait for ever\n",
          java.nio.file.StandardOpenOption.APPEND);
      return 1;
    }
    return build.exitValue();
  }
}
