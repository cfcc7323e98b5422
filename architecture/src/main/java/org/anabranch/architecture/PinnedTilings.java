// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.anabranch.view.Fold;
import org.anabranch.view.Segment;
import org.anabranch.view.Standing;
import org.anabranch.view.Tiling;
import org.anabranch.view.TilingSource;

/** The tilings of a stream's folds at one frontier, shared by all who pinned it. */
final class PinnedTilings implements TilingSource.Pinned {
  private final Standing standing;
  private final Map<String, List<HeldSegment>> durable;
  private final Map<String, List<Segment>> live;
  private final Consumer<PinnedTilings> released;
  private final Map<String, Tiling> tilings = new HashMap<>();
  private int holders = 1;

  /**
   * @param released told when the last one who holds this lets go
   */
  PinnedTilings(
      Standing standing,
      Map<String, List<HeldSegment>> durable,
      Map<String, List<Segment>> live,
      Consumer<PinnedTilings> released) {
    this.released = released;
    this.standing = standing;
    this.durable = durable;
    this.live = live;
    durable.values().forEach(held -> held.forEach(HeldSegment::retain));
  }

  /** Whether a fold has caught up, so that it has a tiling. */
  boolean answers(Fold fold) {
    return live.containsKey(fold.identity());
  }

  @Override
  public synchronized Tiling tiling(Fold fold) {
    List<Segment> above = live.get(fold.identity());
    if (above == null) {
      throw new IllegalArgumentException(
          "Cannot answer fold "
              + fold.identity()
              + " of stream "
              + fold.stream()
              + " yet: it is still catching up");
    }
    return tilings.computeIfAbsent(fold.identity(), identity -> tile(fold, identity, above));
  }

  private Tiling tile(Fold fold, String identity, List<Segment> above) {
    List<Segment> segments = new ArrayList<>();
    durable.getOrDefault(identity, List.of()).forEach(held -> segments.add(held.segment()));
    segments.addAll(above);
    return Tiling.of(fold, standing.frontier(), segments);
  }

  /** The segments of a fold that are not durable. */
  List<Segment> live(Fold fold) {
    return live.getOrDefault(fold.identity(), List.of());
  }

  @Override
  public Standing standing() {
    return standing;
  }

  /** Whether somebody asked for a fold's tiling. */
  synchronized boolean uses(String fold) {
    return tilings.containsKey(fold);
  }

  synchronized PinnedTilings retain() {
    holders++;
    return this;
  }

  @Override
  public void close() {
    synchronized (this) {
      holders--;
      if (holders > 0) {
        return;
      }
      durable.values().forEach(held -> held.forEach(HeldSegment::release));
    }
    released.accept(this);
  }
}
