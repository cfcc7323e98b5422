// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.anabranch.view.Coverage;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.Tally;
import org.anabranch.view.segment.EncodedSegment;
import org.anabranch.view.segment.SegmentWriter;

/**
 * Sealed segments that are not durable yet, as memory-mapped files: of a segment only its index is
 * on the heap. Segments of at most {@link #SMALL} bytes stay on the heap, where a file would cost
 * more than it saves; their owners keep few of them.
 *
 * <p>A file has no name any more once it is open, so that nothing is left of it when nobody reads
 * it, nor when the process is killed. Nothing here is forced to disk.
 */
public final class ScratchSegments implements SegmentSpace {
  /** Bytes of a segment that is kept on the heap. */
  public static final int SMALL = 64 << 10;

  private final Path directory;
  private final int small;
  private final AtomicLong written = new AtomicLong();

  /**
   * @param directory a directory of its own; whatever is in it is deleted
   */
  public ScratchSegments(Path directory) throws IOException {
    this(directory, SMALL);
  }

  ScratchSegments(Path directory, int small) throws IOException {
    this.directory = directory;
    this.small = small;
    Files.createDirectories(directory);
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory)) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }

  private Path next() {
    return directory.resolve(written.incrementAndGet() + ".scratch");
  }

  @Override
  public Segment write(String fold, Coverage coverage, Tally tally, Filling filling) {
    try (ScratchOutput output = new ScratchOutput(next(), small)) {
      SegmentWriter writer = new SegmentWriter(output);
      filling.fill(writer);
      writer.finish(fold, coverage, tally);
      return EncodedSegment.open("in " + directory, output.parts(), () -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot keep a segment of " + coverage + " in " + directory + ": " + e.getMessage(), e);
    }
  }
}
