// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.nio.file.FileSystemException;
import java.util.regex.Pattern;

/** Messages of lower layers without the places of files on the server's disk. */
final class PathText {
  /** From a slash that starts a word to the last one in it: what stays is the file's own name. */
  private static final Pattern FOLDERS =
      Pattern.compile("(?<![\\w.:/-])(?:file:)?/(?:[^\\s/:'\"()]+/)+");

  private PathText() {}

  /** What went wrong, with the names of files only. */
  static String without(Throwable problem) {
    if (problem instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    String message = problem.getMessage();
    return message == null ? problem.getClass().getSimpleName() : without(message);
  }

  static String without(String message) {
    return FOLDERS.matcher(message).replaceAll("");
  }
}
