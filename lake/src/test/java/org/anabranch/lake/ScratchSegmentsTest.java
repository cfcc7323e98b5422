// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentFixtures;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.SegmentSpaceContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchSegmentsTest extends SegmentSpaceContract {
  private static final Coverage COVERAGE = Coverage.of(new Lane("t", 0, 0), 0, 1_000_000);

  @TempDir Path directory;

  /** Many segments are beyond this and become files, others stay on the heap. */
  @Override
  protected SegmentSpace space() {
    try {
      return new ScratchSegments(directory, 2_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Segment copyIn(SegmentSpace space, Segment segment) {
    return space.write(
        segment.fold(),
        segment.coverage(),
        segment.tally(),
        writer -> writer.addAll(segment.scan(null, null)));
  }

  private static Segment large() {
    return SegmentFixtures.segment("f", COVERAGE, 200_000, new Random(5));
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.count();
    }
  }

  @Test
  void onlyTheIndexOfALargeSegmentIsOnTheHeap() throws IOException {
    Segment onHeap = large();
    Segment kept = copyIn(new ScratchSegments(directory), onHeap);
    assertEquals(onHeap.digest(), kept.digest());
    assertTrue(kept.bytes() > 5_000_000, kept.bytes() + " bytes");
    assertTrue(onHeap.heapBytes() > kept.bytes(), onHeap.heapBytes() + " bytes of heap");
    assertTrue(kept.heapBytes() < kept.bytes() / 100, kept.heapBytes() + " bytes of heap");
  }

  @Test
  void whatIsSmallStaysOnTheHeap() throws IOException {
    Segment small = SegmentFixtures.segment("f", COVERAGE, 100, new Random(5));
    Segment kept = copyIn(new ScratchSegments(directory), small);
    assertTrue(kept.heapBytes() <= ScratchSegments.SMALL, kept.heapBytes() + " bytes of heap");
    assertEquals(small.digest(), kept.digest());
  }

  @Test
  void nothingIsLeftBehindAndLeftoversAreDeleted() throws IOException {
    Files.writeString(directory.resolve("of-a-killed-process.scratch"), "x");
    ScratchSegments space = new ScratchSegments(directory);
    assertEquals(0, files());
    Segment kept = copyIn(space, large());
    assertEquals(0, files());
    assertEquals(large().digest(), kept.digest());
  }

  @Test
  void aDirectoryThatIsGoneIsNamed() throws IOException {
    Path gone = directory.resolve("gone");
    ScratchSegments space = new ScratchSegments(gone);
    Files.delete(gone);
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> copyIn(space, large()));
    assertTrue(refused.getMessage().contains(gone.toString()), refused.getMessage());
  }
}
