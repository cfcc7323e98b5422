// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.Map;
import java.util.TreeMap;

/** The names of the lake's table properties and footer keys. */
final class Properties {
  /** The version of the layout that this code writes, and the highest it reads. */
  static final int LAYOUT_VERSION = 1;

  static final String LAYOUT = "anabranch.layout";
  static final String METADATA = "anabranch.metadata";
  static final String KIND = "anabranch.kind";
  static final String STREAM = "anabranch.stream";
  static final String COVERAGE = "anabranch.coverage";
  static final String EPOCHS = "anabranch.epochs";
  static final String COMMITS = "anabranch.commits";
  static final String LEDGER = "anabranch.ledger.";
  static final String LANE = "anabranch.lane.";
  static final String GAP = "anabranch.gap.";
  static final String VERSION = "anabranch.version.";
  static final String ADDED = "anabranch.added";
  static final String COMMIT_ID = "anabranch.commit-id";
  static final String COMMITTED_AT = "anabranch.committed-at";
  static final String RUNS = "anabranch.runs";
  static final String MANIFEST = "anabranch.manifest";
  static final String SEGMENT = "anabranch.segment.";
  static final String SEGMENT_ID = "anabranch.segment";
  static final String TEXT = "anabranch.text.";

  private Properties() {}

  /** The properties that start with a prefix, by the rest of their names. */
  static Map<String, String> under(String prefix, Map<String, String> properties) {
    Map<String, String> found = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  static void requireReadable(String version, String where) {
    int found = version == null ? -1 : Integer.parseInt(version);
    if (found < 1 || found > LAYOUT_VERSION) {
      throw new LakeException(
          "Cannot read "
              + where
              + ": its layout version is "
              + (version == null ? "missing" : version)
              + ", this program reads versions 1 to "
              + LAYOUT_VERSION
              + "; open it with a newer program");
    }
  }
}
