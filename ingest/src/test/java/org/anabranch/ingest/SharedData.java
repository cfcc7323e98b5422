// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real data beside the project: skipped visibly where it is absent, but never under CI. */
final class SharedData {
  private SharedData() {}

  static Path file(String name) {
    Path shared = Path.of(System.getProperty("anabranch.shared", "../../shared"));
    Path file = shared.resolve("data").resolve(name);
    if (!Files.exists(file) && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("Cannot test: there is no " + file.toAbsolutePath());
    }
    Assumptions.assumeTrue(Files.exists(file), "no " + file);
    return file;
  }
}
