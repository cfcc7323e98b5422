// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells a piece of a body, and all that stands before it, from another: how many events the
 * piece has and a digest of the body's inflated bytes up to its end and of how they were framed.
 *
 * @param events the number of framed events
 * @param digest the first 64 bits of the SHA-256
 */
record BodyIdentity(int events, long digest) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}):([0-9a-f]{16})");

  static BodyIdentity of(int events, byte[] digest) {
    long first = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      first = (first << 8) | (digest[i] & 0xff);
    }
    return new BodyIdentity(events, first);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Reads what {@link #toString} wrote; anything else is nobody's. */
  static Optional<BodyIdentity> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new BodyIdentity(
                Integer.parseInt(matcher.group(1)), Long.parseUnsignedLong(matcher.group(2), 16)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return events + ":" + "%016x".formatted(digest);
  }
}
