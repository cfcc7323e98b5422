// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may look into a data directory: its owner, where the file system knows owners. */
final class Privacy {
  private static final Logger LOG = LoggerFactory.getLogger(Privacy.class);
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private Privacy() {}

  /** Makes a directory that only its owner may enter; one that is there is left as it is. */
  static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      openness(directory).ifPresent(LOG::warn);
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (knowsOwners(directory.toAbsolutePath().getParent())) {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER));
    } else {
      Files.createDirectories(directory);
    }
  }

  /** What is to be said of a directory that others may enter too. */
  static Optional<String> openness(Path directory) throws IOException {
    if (!knowsOwners(directory)) {
      return Optional.empty();
    }
    Set<PosixFilePermission> wider = EnumSet.copyOf(Files.getPosixFilePermissions(directory));
    wider.removeAll(OWNER);
    return wider.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "other users of this machine may look into data directory '"
                + directory.getFileName()
                + "', which holds all events; to keep them out: chmod 700");
  }

  private static boolean knowsOwners(Path directory) throws IOException {
    return directory != null && Files.getFileStore(directory).supportsFileAttributeView("posix");
  }
}
