// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Objects;

/**
 * Bytes at rest that are not what was written, or that are gone: a fact about the disk, for whoever
 * operates it.
 *
 * @param place which file, relative to the data directory, and whose it is
 * @param fault what is wrong with it
 * @param remedy what to do
 */
public record Damage(String place, String fault, String remedy) {
  public Damage {
    Objects.requireNonNull(place, "place is null");
    Objects.requireNonNull(fault, "fault is null");
    Objects.requireNonNull(remedy, "remedy is null");
  }

  /** All of it in a sentence. */
  @Override
  public String toString() {
    return place + ": " + fault + "; " + remedy;
  }
}
