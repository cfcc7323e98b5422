// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anabranch.view.Lane;

/** Texts of {@code lane=number;lane=number}. */
final class LanePositions {
  private LanePositions() {}

  static Map<Lane, Long> parse(String text) {
    Map<Lane, Long> numbers = new TreeMap<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      int equals = part.indexOf('=');
      numbers.put(Lane.parse(part.substring(0, equals)), Long.valueOf(part.substring(equals + 1)));
    }
    return numbers;
  }

  static String format(Map<Lane, ? extends Number> numbers) {
    return new TreeMap<>(numbers)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(";"));
  }
}
