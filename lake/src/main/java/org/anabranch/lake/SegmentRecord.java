// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.Tally;

/**
 * An entry of the manifest with its file.
 *
 * @param entry what is said of the segment
 * @param file name of its Parquet file in the table's data directory
 * @param length size of that file
 */
record SegmentRecord(Entry entry, String file, long length) {
  static SegmentRecord parse(String id, String text) {
    PropertyLines lines = PropertyLines.parse(text);
    Tally tally =
        new Tally(
            lines.number("folded"),
            lines.number("filtered"),
            lines.number("rejected"),
            samples(lines));
    Entry entry =
        new Entry(
            id,
            lines.get("fold"),
            Origin.valueOf(lines.get("origin")),
            Coverage.parse(lines.get("coverage")),
            tally,
            lines.number("groups"),
            lines.number("bytes"),
            lines.get("digest"),
            lines.number("created-at"));
    return new SegmentRecord(entry, lines.get("file"), lines.number("length"));
  }

  private static List<Tally.Sample> samples(PropertyLines lines) {
    List<Tally.Sample> samples = new ArrayList<>();
    for (String text : lines.all("sample")) {
      String[] parts = text.split(" ", 3);
      samples.add(new Tally.Sample(Lane.parse(parts[0]), Long.parseLong(parts[1]), parts[2]));
    }
    return samples;
  }

  PropertyLines lines() {
    Tally tally = entry.tally();
    PropertyLines lines =
        new PropertyLines()
            .add("fold", entry.fold())
            .add("origin", entry.origin())
            .add("coverage", entry.coverage())
            .add("folded", tally.folded())
            .add("filtered", tally.filtered())
            .add("rejected", tally.rejected());
    for (Tally.Sample sample : tally.samples()) {
      lines.add("sample", sample.lane() + " " + sample.position() + " " + sample.reason());
    }
    return lines
        .add("groups", entry.groups())
        .add("bytes", entry.bytes())
        .add("digest", entry.digest())
        .add("created-at", entry.createdAt())
        .add("file", file)
        .add("length", length);
  }
}
