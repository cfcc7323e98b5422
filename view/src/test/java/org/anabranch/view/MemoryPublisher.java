// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.view.SegmentStore.Addition;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Manifest;

/** A store on the heap, and its own publisher. */
public final class MemoryPublisher implements Publisher, SegmentStore {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Segment> segments = new LinkedHashMap<>();
  private final Map<String, String> properties = new TreeMap<>();
  private long version;

  @Override
  public synchronized Manifest manifest() {
    return new Manifest(version, new ArrayList<>(entries.values()), properties);
  }

  @Override
  public synchronized Manifest publish(Change change) {
    for (String id : change.removed()) {
      if (!entries.containsKey(id)) {
        throw new StaleException("Cannot remove segment " + id + ": it is gone");
      }
    }
    change
        .expected()
        .forEach(
            (name, value) -> {
              if (!properties.getOrDefault(name, "").equals(value)) {
                throw new StaleException("Cannot publish: property " + name + " changed");
              }
            });
    checkDisjoint(change);
    change.removed().forEach(entries::remove);
    change.removed().forEach(segments::remove);
    change.added().forEach(this::add);
    properties.putAll(change.properties());
    properties.values().removeIf(String::isEmpty);
    version++;
    return manifest();
  }

  private void checkDisjoint(Change change) {
    Map<String, Coverage> covered = new TreeMap<>();
    for (Entry entry : entries.values()) {
      if (!change.removed().contains(entry.id())) {
        covered.merge(entry.fold(), entry.coverage(), Coverage::plus);
      }
    }
    for (Addition addition : change.added()) {
      Coverage before = covered.getOrDefault(addition.segment().fold(), Coverage.EMPTY);
      if (before.overlaps(addition.segment().coverage())) {
        throw new StaleException("Cannot publish " + addition.segment().coverage() + " twice");
      }
      covered.put(addition.segment().fold(), before.plus(addition.segment().coverage()));
    }
  }

  private void add(Addition addition) {
    Segment segment = addition.segment();
    String id = "s" + version + "-" + segments.size();
    segments.put(id, segment);
    entries.put(
        id,
        new Entry(
            id,
            segment.fold(),
            addition.origin(),
            segment.coverage(),
            segment.tally(),
            segment.groups(),
            segment.bytes(),
            segment.digest(),
            0));
  }

  @Override
  public synchronized Segment open(Entry entry) {
    return segments.get(entry.id());
  }

  @Override
  public void close() {}

  /** A published segment. */
  public synchronized Segment segment(String id) {
    return segments.get(id);
  }

  /** The published segments of a fold. */
  public synchronized List<Segment> segments(String fold) {
    return segments.values().stream().filter(segment -> segment.fold().equals(fold)).toList();
  }

  /** What the published segments of a fold cover. */
  public synchronized Coverage coverage(String fold) {
    return segments(fold).stream().map(Segment::coverage).reduce(Coverage.EMPTY, Coverage::plus);
  }
}
