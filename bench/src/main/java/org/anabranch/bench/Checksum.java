// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

/** A sum over the groups of an answer, the same in whatever order they come. */
final class Checksum {
  private long sum;

  /**
   * Adds a group.
   *
   * @param day days since 1970-01-01
   */
  void add(String origin, long day, long flights, long delay) {
    long group = origin.hashCode() * 1_000_003L + day;
    sum += (group * 1_000_003L + flights) * 1_000_003L + delay;
  }

  String text() {
    return String.format("%016x", sum);
  }
}
