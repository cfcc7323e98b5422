// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares data files with the checksums in their names, each once, before it is believed. */
final class DataFileCheck {
  private static final Pattern NAME = Pattern.compile(".*-([0-9a-f]{8})\\.parquet");

  private final Set<String> sound = ConcurrentHashMap.newKeySet();

  void require(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (sound.contains(name)) {
      return;
    }
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new LakeException("Cannot read " + file + ": its name does not end with a checksum");
    }
    String found = DurableFiles.checksum(file);
    if (!found.equals(matcher.group(1))) {
      throw new LakeException(
          "Cannot read "
              + file
              + ": it is damaged, the CRC-32C of its bytes is "
              + found
              + "; restore it from a backup");
    }
    sound.add(name);
  }

  /** Forgets a file that is deleted, and believes nothing of one that appears under its name. */
  void forget(Path file) {
    sound.remove(file.getFileName().toString());
  }
}
