// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;

/**
 * The keys with {@code from <= key < to} in unsigned order; null leaves an end open. It may be
 * empty.
 */
public record KeyRange(byte[] from, byte[] to) {
  public static final KeyRange ALL = new KeyRange(null, null);

  public boolean contains(ByteBuffer key) {
    return (from == null || Keys.compare(key, from) >= 0)
        && (to == null || Keys.compare(key, to) < 0);
  }
}
