// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.format.Frame;

/**
 * What tells the body of a request from another: how many events it has and a digest of its
 * inflated bytes and of how they were framed.
 *
 * @param events the number of framed events
 * @param digest the first 64 bits of the SHA-256
 */
record BodyIdentity(int events, long digest) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}):([0-9a-f]{16})");

  static BodyIdentity of(byte[] body, List<Frame> frames) {
    MessageDigest digest = sha256();
    if (!frames.isEmpty()) {
      digest.update(frames.get(0).contentType().getBytes(StandardCharsets.UTF_8));
    }
    digest.update((byte) 0);
    digest.update(body);
    byte[] bytes = digest.digest();
    long first = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      first = (first << 8) | (bytes[i] & 0xff);
    }
    return new BodyIdentity(frames.size(), first);
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
