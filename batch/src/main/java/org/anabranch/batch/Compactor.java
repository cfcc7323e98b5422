// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anabranch.view.Engine;
import org.anabranch.view.Fold;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StaleException;
import org.anabranch.view.Step;
import org.anabranch.view.segment.GroupTooLargeException;

/**
 * Merges durable segments of like size, so that a view answers from O(log n) of them: as soon as
 * {@link #FAN_IN} of one size class exist they become one. Purely physical: the meaning stays,
 * origins do not mix, and nothing merges across a held cut.
 */
public final class Compactor implements Step {
  /** So many segments of a size class are merged into one of the next. */
  public static final int FAN_IN = 4;

  private static final long SMALLEST_CLASS = 64 * 1024;

  private final BatchStream stream;
  private final Engine engine;

  /** Segments whose merge would take too much memory; they stay as they are. */
  private final Set<String> apart = new HashSet<>();

  public Compactor(BatchStream stream, Engine engine) {
    this.stream = stream;
    this.engine = engine;
  }

  private record SizeClass(String fold, Origin origin, List<Boolean> sides, int size) {}

  @Override
  public int step() throws IOException {
    Optional<List<Entry>> crowd = crowd();
    if (crowd.isEmpty()) {
      return 0;
    }
    Fold fold = foldOf(crowd.get().get(0).fold());
    return fold == null ? 0 : compact(fold, crowd.get());
  }

  private Optional<List<Entry>> crowd() {
    Map<SizeClass, List<Entry>> classes = new LinkedHashMap<>();
    for (Entry entry : stream.manifest().segments()) {
      if (!apart.contains(entry.id())) {
        SizeClass size =
            new SizeClass(
                entry.fold(),
                entry.origin(),
                stream.sides(entry.coverage()),
                sizeClass(entry.bytes()));
        classes.computeIfAbsent(size, ignored -> new ArrayList<>()).add(entry);
      }
    }
    // Folds are looked up last: to name one is costly, and most steps find no crowd.
    return classes.values().stream()
        .filter(entries -> entries.size() >= FAN_IN)
        .filter(entries -> foldOf(entries.get(0).fold()) != null)
        .findFirst();
  }

  static int sizeClass(long bytes) {
    int size = 0;
    for (long limit = SMALLEST_CLASS; bytes > limit; limit *= FAN_IN) {
      size++;
    }
    return size;
  }

  private Fold foldOf(String identity) {
    return stream.folds().stream()
        .filter(fold -> fold.identity().equals(identity))
        .findFirst()
        .orElse(null);
  }

  private int compact(Fold fold, List<Entry> entries) throws IOException {
    Set<String> removed = entries.stream().map(Entry::id).collect(Collectors.toSet());
    List<Segment> open = new ArrayList<>();
    try {
      for (Entry entry : entries) {
        open.add(stream.open(entry));
      }
      Segment merged = engine.merge(fold, open);
      Addition addition = new Addition(merged, entries.get(0).origin());
      stream.publish(new Change(List.of(addition), removed, Map.of(), Map.of()));
      return entries.size();
    } catch (StaleException overtaken) {
      return 0;
    } catch (GroupTooLargeException tooLarge) {
      apart.addAll(removed);
      return 1;
    } finally {
      open.forEach(Segment::close);
    }
  }
}
