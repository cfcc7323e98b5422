// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an answer or an acknowledgement accounts for: a coverage of each stream it speaks of. A
 * receipt is its own text: it can be waited for after a restart and by another process.
 */
public record Receipt(SortedMap<String, Coverage> coverages) {
  private static final String PREFIX = "r1.";

  public Receipt {
    coverages = Collections.unmodifiableSortedMap(new TreeMap<>(coverages));
  }

  public static Receipt of(String stream, Coverage coverage) {
    return new Receipt(new TreeMap<>(java.util.Map.of(stream, coverage)));
  }

  /** The text to hand out: one token of letters, digits, '-', '_' and '.'. */
  public String token() {
    String text =
        coverages.entrySet().stream()
            .map(entry -> entry.getKey() + "|" + entry.getValue())
            .collect(Collectors.joining("\n"));
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a token.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Receipt parse(String token) {
    if (!token.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "Cannot read receipt '" + cut(token) + "': it does not start with " + PREFIX);
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
      SortedMap<String, Coverage> coverages = new TreeMap<>();
      for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
        int bar = line.indexOf('|');
        if (bar > 0) {
          coverages.put(line.substring(0, bar), Coverage.parse(line.substring(bar + 1)));
        } else if (bytes.length > 0) {
          throw new IllegalArgumentException("no stream is named");
        }
      }
      return new Receipt(coverages);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot read receipt '"
              + cut(token)
              + "': it was cut off or changed; send the whole token as it was given",
          e);
    }
  }

  private static String cut(String token) {
    return token.length() <= 40 ? token : token.substring(0, 40) + "...";
  }
}
