// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** How a stream's tables are called: safe as file names, unique without regard to case. */
final class TableNames {
  private static final int LONGEST = 100;
  private static final int KEPT = 80;

  private TableNames() {}

  static String master(String stream) {
    return encoded(stream);
  }

  static String quarantine(String stream) {
    return encoded(stream) + "__quarantine";
  }

  static String segments(String stream) {
    return encoded(stream) + "__segments";
  }

  private static String encoded(String stream) {
    byte[] utf8 = stream.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    StringBuilder name = new StringBuilder();
    for (byte b : utf8) {
      boolean afterUnderscore = name.length() > 0 && name.charAt(name.length() - 1) == '_';
      if (isPlain(b) || (b == '_' && !afterUnderscore)) {
        name.append((char) b);
      } else {
        name.append('-').append(HexFormat.of().toHexDigits(b));
      }
    }
    return name.length() <= LONGEST ? name.toString() : name.substring(0, KEPT) + "-" + hash(utf8);
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
  }

  private static String hash(byte[] utf8) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(utf8);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot name a table: this JDK has no SHA-256", e);
    }
  }
}
