// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories, copied and deleted as an operator does. */
final class Trees {
  private Trees() {}

  private static List<Path> all(Path tree) throws IOException {
    try (Stream<Path> found = Files.walk(tree)) {
      return found.toList();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    for (Path path : all(from)) {
      Path target = to.resolve(from.relativize(path));
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        Files.copy(path, target);
      }
    }
  }

  /** Copies what others may be writing to, as it was at one moment. */
  static void copyStill(Path from, Path to) throws Exception {
    Running.await(
        "that nobody writes",
        () -> {
          List<Path> before = all(from);
          try {
            copy(from, to);
          } catch (NoSuchFileException gone) {
            delete(to);
            return false;
          }
          boolean still = before.equals(all(from));
          if (!still) {
            delete(to);
          }
          return still;
        });
  }

  static void delete(Path tree) throws IOException {
    for (Path path : all(tree).stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.delete(path);
    }
  }
}
