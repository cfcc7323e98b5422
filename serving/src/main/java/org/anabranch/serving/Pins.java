// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.view.Coverage;
import org.anabranch.view.Receipt;
import org.anabranch.view.Standing;
import org.anabranch.view.Tiling;
import org.anabranch.view.TilingSource;

/** What one statement holds on to: one pin a source, however many of its views are named. */
final class Pins implements AutoCloseable {
  private final IdentityHashMap<TilingSource, TilingSource.Pinned> sources =
      new IdentityHashMap<>();
  private final List<AutoCloseable> held = new ArrayList<>();
  private final List<Footing> footings = new ArrayList<>();

  Tiling pin(ViewRelation relation) {
    TilingSource.Pinned pin = sources.get(relation.source());
    if (pin == null) {
      pin = relation.source().pin();
      held.add(pin);
      sources.put(relation.source(), pin);
    }
    Tiling tiling = PinnedTiling.tiling(relation, pin);
    footings.add(new Footing(relation.name(), pin.standing(), Optional.of(tiling.tally())));
    return tiling;
  }

  FilePin pin(FileRelation relation) {
    FilePin pin = relation.pin().get();
    held.add(pin);
    footings.add(new Footing(relation.name(), pin.standing(), Optional.empty()));
    return pin;
  }

  List<Footing> footings() {
    return List.copyOf(footings);
  }

  /** What all relations account for: of a stream that several speak of, what all of them do. */
  Receipt receipt() {
    SortedMap<String, Coverage> coverages = new TreeMap<>();
    for (Footing footing : footings) {
      Standing standing = footing.standing();
      coverages.merge(standing.stream(), standing.frontier(), Coverage::intersect);
    }
    return new Receipt(coverages);
  }

  @Override
  public void close() {
    Cleanup cleanup = new Cleanup();
    held.forEach(one -> cleanup.add(one::close));
    held.clear();
    cleanup.run();
  }
}
