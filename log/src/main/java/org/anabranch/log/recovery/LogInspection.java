// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.log.DamagedLogException;
import org.anabranch.view.Range;

/**
 * Looks at a broker's directory before the broker does. What its recovery would cut is copied aside
 * first; where intact events lie behind damage, which it would cut too, nothing is started.
 */
public final class LogInspection {
  private static final String CLEAN = ".kafka_cleanshutdown";

  private final Path log;
  private final KeptCopies kept;
  private final List<String> notes = new ArrayList<>();

  private LogInspection(Path log) {
    this.log = log;
    this.kept = new KeptCopies(log);
  }

  /**
   * Inspects and prepares a directory that no broker uses.
   *
   * @return what was found and done, in words
   * @throws DamagedLogException if the broker would destroy what is intact
   */
  public static List<String> of(Path log) throws IOException {
    LogInspection inspection = new LogInspection(log);
    inspection.inspect();
    return List.copyOf(inspection.notes);
  }

  /** Keeps a copy of what says which log the directory holds. */
  public static void remember(Path log) throws IOException {
    new Identity(log).restore(false);
  }

  private void inspect() throws IOException {
    List<PartitionFiles> partitions = PartitionFiles.in(log);
    new Identity(log).restore(partitions.isEmpty()).ifPresent(notes::add);
    notes.addAll(SmallFiles.tidy(log, partitions, kept));
    for (PartitionFiles partition : partitions) {
      checkIndexes(partition);
    }
    if (isClean() && !partitions.stream().allMatch(this::endsWhole)) {
      // The broker would append behind what is broken. So it is to recover, as after a kill.
      Files.delete(log.resolve(CLEAN));
    }
    Map<String, Long> points = SmallFiles.recoveryPoints(log);
    for (PartitionFiles partition : partitions) {
      boolean recovers = partition.isMetadata() || !isClean();
      recover(partition, recovers ? partition.recovered(points) : partition.withoutIndex());
    }
    new Strays(log, notes).check(partitions);
    for (PartitionFiles partition : partitions) {
      if (!partition.isMetadata() && partition.isGapless()) {
        checkChain(partition);
      }
    }
  }

  private void checkChain(PartitionFiles partition) throws IOException {
    SegmentChain chain = new SegmentChain(partition);
    for (Range missing : chain.missing()) {
      notes.add(
          "positions "
              + missing
              + " ("
              + missing.length()
              + ") are missing in '"
              + named(partition.directory())
              + "', between two segments: what the lake has of them is answered, and what it has"
              + " not stops the lane there. Bring the segment back");
    }
    if (chain.misplaced().isPresent()) {
      throw new DamagedLogException(
          "file '"
              + named(chain.misplaced().get())
              + "' does not follow the segment before it: it was put there from another time of the"
              + " log, and its events would be taken for others. Nothing was started; move it, and"
              + " what comes after it in its directory, out of the log and start again: what that"
              + " loses is named then");
    }
  }

  /** Beside a segment that is not the one it was made of the broker makes an index again. */
  private void checkIndexes(PartitionFiles partition) throws IOException {
    for (Map.Entry<Long, Path> segment : partition.segments().entrySet()) {
      SegmentIndex index = new SegmentIndex(segment.getValue(), segment.getKey());
      if (index.exists() && !index.fits()) {
        for (Path file : index.files()) {
          Files.delete(file);
        }
        notes.add(
            "file '"
                + named(segment.getValue())
                + "' is not the one that its index was made of; its index is made again");
      }
    }
  }

  private boolean isClean() {
    return Files.exists(log.resolve(CLEAN));
  }

  private boolean endsWhole(PartitionFiles partition) {
    try {
      if (partition.isMetadata() || partition.segments().isEmpty()) {
        return true;
      }
      Scanned end = partition.newestEnd();
      if (end.behind().filter(run -> run.to() == end.size()).isPresent()) {
        notes.add(facts(partition.segments().lastEntry().getValue(), end) + ", others follow");
        return true;
      }
      return end.isIntact();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Scans what the broker will read again, up to the first damage. */
  private void recover(PartitionFiles partition, NavigableMap<Long, Path> segments)
      throws IOException {
    for (Map.Entry<Long, Path> segment : segments.entrySet()) {
      Scanned found =
          SegmentScan.scan(segment.getValue(), partition.isGapless(), 0, segment.getKey());
      if (!found.isIntact()) {
        cut(segment.getValue(), found, later(segments, segment.getKey()));
        return;
      }
    }
  }

  private static NavigableMap<Long, Path> later(NavigableMap<Long, Path> segments, long base) {
    return new TreeMap<>(segments.tailMap(base, false));
  }

  /** What is broken off goes, and is kept; what is intact behind it must not go. */
  private void cut(Path file, Scanned found, NavigableMap<Long, Path> later) throws IOException {
    String facts = facts(file, found);
    if (found.behind().isPresent()) {
      Scanned.Behind behind = found.behind().get();
      throw new DamagedLogException(
          facts
              + ", and so are "
              + behind.first()
              + " to "
              + (behind.next() - 1)
              + " behind the damage, from byte "
              + behind.from()
              + remedy(file, found, later));
    }
    long intactLater = 0;
    for (Path next : later.values()) {
      intactLater += Files.size(next);
    }
    if (intactLater > 0) {
      throw new DamagedLogException(
          facts + ", and there are segments behind the damage" + remedy(file, found, later));
    }
    String copy = kept.copy(file, found.bytes());
    notes.add(facts + ", nothing is behind. What is cut there is kept as '" + copy + "'");
  }

  private String facts(Path file, Scanned found) {
    return "file '"
        + named(file)
        + "' is damaged at byte "
        + found.bytes()
        + " of "
        + found.size()
        + ": "
        + found.problem().orElseThrow()
        + ". Positions below "
        + found.next()
        + " are intact";
  }

  private String remedy(Path file, Scanned found, NavigableMap<Long, Path> later) {
    StringBuilder text =
        new StringBuilder(". The broker would cut all of it, so it was not started");
    text.append("; nothing was changed. Restore the file from a copy. To give up what is behind")
        .append(" the damage, keep a copy of the file, cut it (truncate -s ")
        .append(found.bytes())
        .append(" '")
        .append(named(file))
        .append("')");
    if (!later.isEmpty()) {
      text.append(", move away the .log files of its directory that come after it");
    }
    return text.append(" and start again: what that loses is named then").toString();
  }

  private String named(Path file) {
    return log.getParent().relativize(file).toString();
  }

  /** Directories that the broker set aside since, which it does without a word. */
  public static List<Path> strays(Path log) throws IOException {
    try (Stream<Path> found = Files.list(log)) {
      return found.filter(path -> path.toString().endsWith("-stray")).sorted().toList();
    }
  }
}
