// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.List;
import org.anabranch.view.Nearest;

/** Names in messages: what was probably meant. */
final class Names {
  private Names() {}

  /** {@code ; did you mean 'x'?}, or a list of what there is. */
  static String suggestion(String name, List<String> known) {
    String near = Nearest.question("; ", name, known);
    if (!near.isEmpty()) {
      return near;
    }
    return known.isEmpty() ? "; there is none" : "; there are " + listed(known);
  }

  private static String listed(List<String> known) {
    int shown = Math.min(known.size(), 20);
    return String.join(", ", known.subList(0, shown)) + (shown < known.size() ? ", ..." : "");
  }
}
