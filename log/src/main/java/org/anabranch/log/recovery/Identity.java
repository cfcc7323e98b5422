// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.anabranch.log.LogUnavailableException;

/** Which log a directory holds: a file that the broker has, and a copy of it that it has not. */
final class Identity {
  private static final List<String> NEEDED = List.of("version", "node.id", "cluster.id");

  private final Path log;
  private final Path file;
  private final Path copy;

  Identity(Path log) {
    this.log = log;
    this.file = log.resolve("meta.properties");
    this.copy = log.resolve("meta.properties.copy");
  }

  /**
   * Makes sure of the file, from its copy if need be.
   *
   * @param isNew whether the directory holds no log yet, and so needs none
   * @return what was done
   */
  Optional<String> restore(boolean isNew) throws IOException {
    if (isReadable(file)) {
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      return Optional.empty();
    }
    if (isReadable(copy)) {
      Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of("file '" + named() + "' was missing or damaged; its copy took its place");
    }
    if (isNew) {
      // It ended before it had one.
      Files.deleteIfExists(file);
      return Optional.empty();
    }
    throw new LogUnavailableException(
        "Cannot start the embedded log: file '"
            + named()
            + "', which says what log the directory holds, is missing or damaged, and events are"
            + " there. Restore it from a copy of the data directory");
  }

  private String named() {
    return log.getParent().relativize(file).toString();
  }

  private static boolean isReadable(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    Properties found = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      found.load(in);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
    return NEEDED.stream().allMatch(name -> !found.getProperty(name, "").isBlank());
  }
}
