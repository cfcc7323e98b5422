// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Manifest;

/** Tells from what is there whether a change was made, by whomever. */
final class PublishedChange {
  private PublishedChange() {}

  /** Whether all that a change wants is so. */
  static boolean isIn(Manifest manifest, Change change) {
    return change.added().stream().allMatch(addition -> isThere(manifest, addition))
        && manifest.segments().stream().noneMatch(entry -> change.removed().contains(entry.id()))
        && change.properties().entrySet().stream()
            .allMatch(
                wanted ->
                    manifest
                        .properties()
                        .getOrDefault(wanted.getKey(), "")
                        .equals(wanted.getValue()));
  }

  private static boolean isThere(Manifest manifest, Addition addition) {
    return manifest.segments().stream().anyMatch(entry -> isSame(entry, addition));
  }

  private static boolean isSame(Entry entry, Addition addition) {
    Segment segment = addition.segment();
    return entry.origin() == addition.origin()
        && entry.fold().equals(segment.fold())
        && entry.coverage().equals(segment.coverage())
        && entry.digest().equals(segment.digest());
  }
}
