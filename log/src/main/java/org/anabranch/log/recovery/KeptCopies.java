// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where what a start would take from the log is kept: beside it, in a directory with a number for
 * each start that had something to keep.
 */
final class KeptCopies {
  private final Path log;
  private final Path root;
  private Optional<Path> current = Optional.empty();

  KeptCopies(Path log) {
    this.log = log;
    this.root = log.resolveSibling(log.getFileName() + "-kept");
  }

  /**
   * Copies a file from a byte on, durably.
   *
   * @return the copy, as a user would name it
   */
  String copy(Path file, long from) throws IOException {
    Path target = target(file, from == 0 ? "" : ".from-" + from);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      in.position(from);
      Channels.newInputStream(in).transferTo(Channels.newOutputStream(out));
      out.force(true);
    }
    return named(target);
  }

  /** Moves a file away. */
  String move(Path file) throws IOException {
    Path target = target(file, "");
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    return named(target);
  }

  private Path target(Path file, String suffix) throws IOException {
    if (current.isEmpty()) {
      int number = 1;
      while (Files.exists(root.resolve(Integer.toString(number)))) {
        number++;
      }
      current = Optional.of(root.resolve(Integer.toString(number)));
    }
    Path target = current.get().resolve(log.relativize(file).toString() + suffix);
    Files.createDirectories(target.getParent());
    return target;
  }

  private String named(Path target) {
    return root.getParent().relativize(target).toString();
  }
}
