// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Tally;
import org.anabranch.view.accumulator.StateReader;
import org.anabranch.view.accumulator.StateWriter;

/**
 * The footer of a segment file.
 *
 * @param summary what the segment says of itself
 * @param partSize the size of parts that no block lies across
 * @param indexOffset where the index starts
 * @param indexLength its length in bytes
 * @param blocks how many blocks it lists
 * @param indexChecksum its CRC
 */
record Footer(
    SegmentSummary summary,
    long partSize,
    long indexOffset,
    long indexLength,
    long blocks,
    int indexChecksum) {

  void write(StateWriter out) {
    writeText(out, summary.fold());
    writeText(out, summary.coverage().toString());
    writeTally(out, summary.tally());
    out.writeVarint(summary.groups());
    out.writeVarint(summary.bytes());
    writeText(out, summary.digest());
    out.writeVarint(partSize);
    out.writeVarint(indexOffset);
    out.writeVarint(indexLength);
    out.writeVarint(blocks);
    out.writeInt(indexChecksum);
  }

  static Footer read(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    SegmentSummary summary =
        new SegmentSummary(
            readText(in),
            Coverage.parse(readText(in)),
            readTally(in),
            in.readVarint(),
            in.readVarint(),
            readText(in));
    Footer footer =
        new Footer(
            summary,
            in.readVarint(),
            in.readVarint(),
            in.readVarint(),
            in.readVarint(),
            in.readInt());
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("it is longer than its fields");
    }
    return footer;
  }

  private static void writeTally(StateWriter out, Tally tally) {
    out.writeVarint(tally.folded());
    out.writeVarint(tally.filtered());
    out.writeVarint(tally.rejected());
    out.writeVarint(tally.samples().size());
    for (Tally.Sample sample : tally.samples()) {
      writeText(out, sample.lane().toString());
      out.writeVarint(sample.position());
      writeText(out, sample.reason());
    }
  }

  private static Tally readTally(StateReader in) {
    long folded = in.readVarint();
    long filtered = in.readVarint();
    long rejected = in.readVarint();
    long count = in.readVarint();
    List<Tally.Sample> samples = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      samples.add(new Tally.Sample(Lane.parse(readText(in)), in.readVarint(), readText(in)));
    }
    return new Tally(folded, filtered, rejected, samples);
  }

  private static void writeText(StateWriter out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeBlock(utf8, 0, utf8.length);
  }

  private static String readText(StateReader in) {
    return new String(in.readBlock(), StandardCharsets.UTF_8);
  }
}
