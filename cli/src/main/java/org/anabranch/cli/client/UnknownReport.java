// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fields of a file that no column took.
 *
 * @param count how many there were in all rows
 * @param names those that the server named
 */
record UnknownReport(long count, Map<String, FileTally.Unknown> names) {
  private static final int SHOWN = 10;

  /** One line for eyes; empty if every field was taken. */
  String text() {
    if (count == 0) {
      return "";
    }
    List<String> shown = new ArrayList<>();
    names.forEach((name, unknown) -> shown.add(shown(name, unknown)));
    long named = names.values().stream().mapToLong(FileTally.Unknown::count).sum();
    int more = Math.max(0, shown.size() - SHOWN);
    return "no column takes "
        + String.join(", ", shown.subList(0, shown.size() - more))
        + (more == 0 && named == count ? "" : ", and others (" + count + " fields in all)");
  }

  private static String shown(String name, FileTally.Unknown unknown) {
    return "\""
        + name
        + "\" of "
        + unknown.count()
        + (unknown.count() == 1 ? " row" : " rows")
        + (unknown.nearest().isEmpty() ? "" : " (did you mean \"" + unknown.nearest() + "\"?)");
  }
}
