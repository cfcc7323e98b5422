// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.util.Optional;

/**
 * What a segment file holds.
 *
 * @param bytes how many of its bytes, from the start, are intact
 * @param next the position after those
 * @param problem what is there instead of another batch; empty if the file ends there
 * @param behind what is intact again behind that
 * @param size of the file
 */
record Scanned(
    long bytes, long next, Optional<String> problem, Optional<Behind> behind, long size) {

  /**
   * A run of intact batches behind damage.
   *
   * @param from its first byte
   * @param first its first position
   * @param next the position after its last
   * @param to the byte after it
   */
  record Behind(long from, long first, long next, long to) {}

  boolean isIntact() {
    return problem.isEmpty();
  }
}
