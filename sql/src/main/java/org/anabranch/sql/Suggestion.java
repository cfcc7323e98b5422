// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.Collection;
import org.anabranch.view.Nearest;

/** "Did you mean" as hints say it. */
final class Suggestion {
  private Suggestion() {}

  /** A hint that names the nearest candidate, or an empty text if none is near. */
  static String didYouMean(String written, Collection<String> candidates) {
    return Nearest.question("", written, candidates);
  }

  /** The nearest candidate, or an empty text. */
  static String nearest(String written, Collection<String> candidates) {
    return Nearest.of(written, candidates).orElse("");
  }
}
