// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes what processes leave on disk. */
public final class Scratch {
  private Scratch() {}

  /** Removes a directory with all that is in it; what somebody else removes meanwhile is fine. */
  public static void remove(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
