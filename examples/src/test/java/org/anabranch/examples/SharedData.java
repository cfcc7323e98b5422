// SPDX-License-Identifier: Apache-2.0
package org.anabranch.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real data sets that stand beside a checkout on some machines and are no part of it. */
final class SharedData {
  private static final Path FOLDER =
      Path.of(System.getProperty("anabranch.shared", "../../shared"), "data");

  private SharedData() {}

  /** A file or folder; the test is skipped where the data are absent, and fails if that is CI. */
  static Path need(String name) {
    Path path = FOLDER.resolve(name);
    if (!Files.exists(path)) {
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError("Cannot test without " + path.toAbsolutePath());
      }
      Assumptions.abort("no shared data at " + path.toAbsolutePath());
    }
    return path;
  }
}
