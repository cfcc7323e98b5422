// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** Failures of one step, thrown together when everybody had their turn. */
final class Failures {
  private Exception first;

  void add(Exception failure) {
    if (first == null) {
      first = failure;
    } else if (first != failure) {
      first.addSuppressed(failure);
    }
  }

  void rethrow() throws Exception {
    if (first != null) {
      throw first;
    }
  }
}
