// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an answer or an acknowledgement accounts for: a coverage of each stream it speaks of.
 *
 * <p>Its token says where to wait: one past the last position of every lane. A lane is read in
 * order, so who has seen its last position has seen all before it. A token is its own text, is as
 * short as there are lanes however many ranges the coverage has, and can be waited for after a
 * restart and by another process.
 */
public record Receipt(SortedMap<String, Coverage> coverages) {
  private static final String PREFIX = "r2.";

  /** Tokens that named every range; they were given by the version before. */
  private static final String RANGES_PREFIX = "r1.";

  public Receipt {
    coverages = Collections.unmodifiableSortedMap(new TreeMap<>(coverages));
  }

  public static Receipt of(String stream, Coverage coverage) {
    return new Receipt(new TreeMap<>(Map.of(stream, coverage)));
  }

  /** What it covers of a stream, whose name matches without regard to case. */
  public Optional<Coverage> of(String stream) {
    return coverages.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(stream))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The text to hand out: one token of letters, digits, '-', '_' and '.'. */
  public String token() {
    ReceiptBytes bytes = new ReceiptBytes();
    coverages.forEach((stream, coverage) -> bytes.stream(stream, coverage.ends()));
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toArray());
  }

  /**
   * Reads a token. The receipt covers the last position of every lane, and is reached when what the
   * token was made of is.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Receipt parse(String token) {
    boolean ranges = token.startsWith(RANGES_PREFIX);
    if (!ranges && !token.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "Cannot read receipt '" + cut(token) + "': it does not start with " + PREFIX);
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
      return new Receipt(ranges ? ranges(bytes) : ReceiptBytes.read(ByteBuffer.wrap(bytes)));
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "Cannot read receipt '"
              + cut(token)
              + "': it was cut off or changed; send the whole token as it was given",
          e);
    }
  }

  private static SortedMap<String, Coverage> ranges(byte[] bytes) {
    SortedMap<String, Coverage> coverages = new TreeMap<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
      int bar = line.indexOf('|');
      if (bar > 0) {
        coverages.put(line.substring(0, bar), Coverage.parse(line.substring(bar + 1)));
      } else if (bytes.length > 0) {
        throw new IllegalArgumentException("no stream is named");
      }
    }
    return coverages;
  }

  private static String cut(String token) {
    return token.length() <= 40 ? token : token.substring(0, 40) + "...";
  }
}
