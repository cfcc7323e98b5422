// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.view.Clock;
import org.anabranch.view.Damage;
import org.anabranch.view.DamagedException;

/**
 * Compares the data files of a table with the checksums in their names, which the commit gave them.
 * Whoever reads a file asks here first. What was found holds as long as the file stays the same one
 * by inode, size and time of change, and for {@link #BELIEVED_MILLIS}.
 */
final class DataFileCheck {
  /** A disk may change bytes and nothing else: after so long a file is compared again. */
  static final long BELIEVED_MILLIS = 3_600_000;

  private static final Pattern NAME = Pattern.compile(".*-([0-9a-f]{8})\\.parquet");
  private final Damages damages;
  private final Clock clock;
  private final String remedy;
  private final Remaking remaking;
  private final Map<Path, Finding> findings = new ConcurrentHashMap<>();

  /** Makes a file again, byte for byte, of what else is there. */
  @FunctionalInterface
  interface Remaking {
    /** Nothing else is there. */
    Remaking NONE = file -> false;

    /** Whether the file is there again; where it is not, nothing has changed. */
    boolean remake(Path file) throws IOException;
  }

  DataFileCheck(Damages damages, Clock clock) {
    this(damages, clock, "restore it from a backup", Remaking.NONE);
  }

  /**
   * @param remedy what to do where a file cannot be made again
   */
  DataFileCheck(Damages damages, Clock clock, String remedy, Remaking remaking) {
    this.damages = damages;
    this.clock = clock;
    this.remedy = remedy;
    this.remaking = remaking;
  }

  /** What a file was when it was compared, and what is wrong with it. */
  private record Finding(
      Object inode, long size, FileTime changed, long at, Optional<Damage> damage) {
    boolean isOf(BasicFileAttributes now) {
      return java.util.Objects.equals(inode, now.fileKey())
          && size == now.size()
          && changed.equals(now.lastModifiedTime());
    }
  }

  /**
   * Returns if a file is what was written.
   *
   * @throws DamagedException if it is not, or is gone, and cannot be made again
   */
  void require(Path file) throws IOException {
    try {
      check(file);
    } catch (DamagedException damaged) {
      if (!remaking.remake(file)) {
        throw damaged;
      }
      check(file);
    }
    damages.over(file);
  }

  private void check(Path file) throws IOException {
    BasicFileAttributes now = attributes(file);
    Finding finding = findings.get(file);
    if (finding == null || !finding.isOf(now) || clock.millis() - finding.at() >= BELIEVED_MILLIS) {
      finding =
          new Finding(
              now.fileKey(), now.size(), now.lastModifiedTime(), clock.millis(), compare(file));
      findings.put(file, finding);
    }
    if (finding.damage().isPresent()) {
      throw damages.found(file, finding.damage().get().fault(), remedy, null);
    }
  }

  private BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      findings.remove(file);
      throw damages.found(file, "the file is gone", remedy, e);
    }
  }

  private Optional<Damage> compare(Path file) throws IOException {
    String written = sum(file);
    try {
      String found = DurableFiles.checksum(file);
      return found.equals(written)
          ? Optional.empty()
          : Optional.of(damage(file, "the CRC-32C of its bytes is " + found + ", not as written"));
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // What a disk says of a sector that it cannot read.
      return Optional.of(damage(file, "its bytes cannot be read (" + e.getMessage() + ")"));
    }
  }

  /** The checksum that a file was committed with. */
  static String sum(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    if (!matcher.matches()) {
      throw new LakeException("Cannot read " + file + ": its name does not end with a checksum");
    }
    return matcher.group(1);
  }

  private Damage damage(Path file, String fault) {
    return new Damage(damages.place(file), fault, remedy);
  }

  /** Whether a file was damaged or gone when it was last asked for. */
  boolean isDamaged(Path file) {
    return damages.has(file);
  }

  /** Whether a file has been compared, and not long ago. */
  boolean isKnown(Path file) {
    Finding finding = findings.get(file);
    return finding != null && clock.millis() - finding.at() < BELIEVED_MILLIS;
  }

  /** Forgets all files of a directory that are not live any more. */
  void forgetAllBut(Path directory, Collection<Path> live) {
    findings.keySet().retainAll(Set.copyOf(live));
    damages.forgetAllBut(directory, Set.copyOf(live));
  }
}
