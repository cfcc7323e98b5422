// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

/** A field that no column reads, and how often it was met. Owned by a decoder. */
final class UnknownName {
  final String name;
  long count;

  UnknownName(String name) {
    this.name = name;
  }
}
