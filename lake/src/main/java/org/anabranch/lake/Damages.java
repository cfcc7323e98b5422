// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.anabranch.view.Damage;
import org.anabranch.view.DamagedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is damaged or missing in a lake: each file from when it is found until it is found sound
 * again or nobody needs it any more.
 */
final class Damages {
  private static final Logger LOG = LoggerFactory.getLogger(Damages.class);

  private static final int REMEMBERED = 100;

  private final Path data;
  private final Map<Path, Damage> found = new ConcurrentSkipListMap<>();
  private final List<String> repairs = new ArrayList<>();

  /**
   * @param lake the lake's directory, which lies in the data directory
   */
  Damages(Path lake) {
    this.data = lake.getParent() == null ? lake : lake.getParent();
  }

  /** What to call a file: its path inside the data directory. */
  String place(Path file) {
    return file.startsWith(data) ? data.relativize(file).toString() : file.toString();
  }

  /** Says what is wrong with a file; the caller throws what it gets. */
  DamagedException found(Path file, String fault, String remedy, Throwable cause) {
    Damage damage = new Damage(place(file), fault, remedy);
    if (!damage.equals(found.put(file, damage))) {
      LOG.error("Damage: {}", damage);
    }
    return new DamagedException(damage, cause);
  }

  /** Says that a file is as it was written, or that nobody needs it any more. */
  void over(Path file) {
    if (!found.isEmpty() && found.remove(file) != null) {
      LOG.info("Damage is over: {}", place(file));
    }
  }

  /** Says that a file was made again; {@link #repairs} tells of the newest. */
  void repaired(Path file, String what) {
    String text = place(file) + ": " + what;
    LOG.warn(text);
    synchronized (repairs) {
      repairs.remove(text);
      repairs.add(text);
      if (repairs.size() > REMEMBERED) {
        repairs.remove(0);
      }
    }
  }

  /** What was made again since the start, oldest first. */
  List<String> repairs() {
    synchronized (repairs) {
      return List.copyOf(repairs);
    }
  }

  /** Forgets the files of a directory that are not live any more. */
  void forgetAllBut(Path directory, Set<Path> live) {
    found.keySet().removeIf(file -> file.startsWith(directory) && !live.contains(file));
  }

  boolean has(Path file) {
    return found.containsKey(file);
  }

  /** What is damaged in some directories now. */
  List<Damage> in(Collection<Path> directories) {
    return found.entrySet().stream()
        .filter(entry -> directories.stream().anyMatch(entry.getKey()::startsWith))
        .map(Map.Entry::getValue)
        .toList();
  }
}
