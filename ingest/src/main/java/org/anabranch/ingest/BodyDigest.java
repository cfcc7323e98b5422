// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The digest of a body as it comes. What its first event is stands in front of its bytes, and is
 * known only after some of them.
 */
final class BodyDigest {
  /** More than a header line. An event that is longer says nothing of what others are. */
  private static final int MOST_BEFORE = 128 << 10;

  private static final byte MORE = 1;

  private final MessageDigest digest = BodyIdentity.sha256();
  private ByteArrayOutputStream before = new ByteArrayOutputStream();

  void take(byte[] bytes, int offset, int length) {
    if (before != null && before.size() + length > MOST_BEFORE) {
      begin("");
    }
    if (before == null) {
      digest.update(bytes, offset, length);
    } else {
      before.write(bytes, offset, length);
    }
  }

  /** Tells what the first event is. */
  void begin(String contentType) {
    if (before != null) {
      digest.update(contentType.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(before.toByteArray());
      before = null;
    }
  }

  /** What identifies the whole body, whose last piece has so many events. */
  BodyIdentity whole(int events) {
    return BodyIdentity.of(events, copy().digest());
  }

  /** What identifies its beginning, so that it is never taken for a whole one. */
  BodyIdentity beginning(int events) {
    MessageDigest copy = copy();
    copy.update(MORE);
    return BodyIdentity.of(events, copy.digest());
  }

  private MessageDigest copy() {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 can be cloned", e);
    }
  }
}
