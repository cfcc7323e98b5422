// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.StaleException;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.TilingSource;
import org.anabranch.view.View;
import org.anabranch.view.segment.KeyRange;
import org.anabranch.view.segment.SegmentMerge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The views of one stream: which definition answers to each name, what is still being built, and
 * when one takes another's place. The definitions that answer are recorded beside the segments.
 */
final class StreamViews {
  private static final Logger LOG = LoggerFactory.getLogger(StreamViews.class);

  private final StreamDefinition stream;
  private final StreamTilings tilings;
  private final SpeedLayer speed;
  private final Map<String, ViewSlot> slots = new LinkedHashMap<>();
  private final Map<String, View> declared = new LinkedHashMap<>();

  /**
   * @param views the declared views of the stream
   * @param definitions reads the definitions that answered before
   */
  StreamViews(
      StreamDefinition stream,
      List<View> views,
      StreamTilings tilings,
      SpeedLayer speed,
      Definitions definitions) {
    this.stream = stream;
    this.tilings = tilings;
    this.speed = speed;
    Map<String, String> recorded = tilings.manifest().properties();
    for (View view : views) {
      ViewSlot slot = new ViewSlot(view.name());
      slots.put(view.name(), slot);
      declared.put(view.name(), view);
      String sql = recorded.get(ViewSlot.property(view.name()));
      Optional<View> before = sql == null ? Optional.empty() : definitions.view(stream, sql);
      if (before.isPresent() && sameFold(before.get(), view)) {
        slot.answer(view);
      } else {
        before.ifPresent(slot::answer);
        slot.build(view);
      }
    }
  }

  private static boolean sameFold(View one, View other) {
    return one.fold().identity().equals(other.fold().identity());
  }

  Collection<ViewSlot> slots() {
    return slots.values();
  }

  Optional<ViewSlot> slot(String name) {
    return slots.values().stream().filter(slot -> slot.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The folds of definitions that answer, each once. */
  List<Fold> answeringFolds() {
    return folds(slots.values().stream().map(ViewSlot::answering).toList());
  }

  /** All folds to keep up with, each once. */
  List<Fold> allFolds() {
    List<Optional<View>> all = new ArrayList<>();
    slots.values().forEach(slot -> all.addAll(List.of(slot.answering(), slot.building())));
    return folds(all);
  }

  private static List<Fold> folds(List<Optional<View>> views) {
    Map<String, Fold> folds = new LinkedHashMap<>();
    views.forEach(
        view -> view.ifPresent(found -> folds.putIfAbsent(found.fold().identity(), found.fold())));
    return List.copyOf(folds.values());
  }

  /** Stops a fold that has no room, and what uses it. */
  void stop(Fold fold, String reason) {
    speed.close(fold.identity());
    slots.values().forEach(slot -> slot.stop(fold, reason));
  }

  /** The names of the views that use a fold. */
  String namesOf(Fold fold) {
    return slots.values().stream()
        .filter(
            slot ->
                uses(slot.answering(), fold.identity()) || uses(slot.building(), fold.identity()))
        .map(ViewSlot::name)
        .collect(Collectors.joining(", "));
  }

  private static boolean uses(Optional<View> view, String fold) {
    return view.isPresent() && view.get().fold().identity().equals(fold);
  }

  /** What a fold lacks below the account from which it is folded live. */
  Coverage missing(Fold fold, Map<Lane, LaneLedger> resumed) {
    Map<Lane, Long> live = Resume.positions(fold, resumed, tilings);
    return tilings.history().upTo(live).minus(tilings.durableCoverage(fold.identity()));
  }

  /** Lets views whose fold has become complete take their place. */
  void completed(Fold fold) throws IOException {
    for (ViewSlot slot : slots.values()) {
      Optional<View> next = slot.building();
      if (uses(next, fold.identity())) {
        slot.answering().ifPresent(before -> slot.difference(difference(before, next.get())));
        slot.answer(next.get());
        LOG.info("view {} answers from fold {}", slot.name(), fold.identity());
      }
    }
    record();
  }

  private GroupDifference difference(View before, View after) {
    if (!before.fold().keyTypes().equals(after.fold().keyTypes())) {
      return null;
    }
    try (TilingSource.Pinned pinned = tilings.pin()) {
      return GroupDifference.ofAnswers(
          before,
          new SegmentMerge(before.fold()).scan(pinned.tiling(before.fold()), KeyRange.ALL),
          after,
          new SegmentMerge(after.fold()).scan(pinned.tiling(after.fold()), KeyRange.ALL));
    }
  }

  /** Records which definitions answer, and lets go of names that are no longer declared. */
  void record() throws IOException {
    Map<String, String> recorded = tilings.manifest().properties();
    Map<String, String> changes = new HashMap<>();
    recorded.keySet().stream()
        .filter(property -> property.startsWith("view."))
        .forEach(property -> changes.put(property, ""));
    for (ViewSlot slot : slots.values()) {
      slot.answering().ifPresent(view -> changes.put(ViewSlot.property(slot.name()), view.sql()));
    }
    changes
        .entrySet()
        .removeIf(change -> change.getValue().equals(recorded.getOrDefault(change.getKey(), "")));
    if (!changes.isEmpty()) {
      tilings.publish(new Change(List.of(), Set.of(), Map.of(), changes));
    }
  }

  /** The folds that are folded or have segments, and that no view uses any more. */
  Set<String> unusedFolds() {
    Set<String> unused = new HashSet<>();
    tilings.manifest().segments().forEach(entry -> unused.add(entry.fold()));
    speed.folds().forEach(fold -> unused.add(fold.identity()));
    allFolds().forEach(fold -> unused.remove(fold.identity()));
    return unused;
  }

  /** Stops folding folds and removes their segments. */
  void remove(Set<String> folds) throws IOException {
    folds.forEach(speed::close);
    for (Set<String> left = segments(folds); !left.isEmpty(); left = segments(folds)) {
      try {
        tilings.publish(new Change(List.of(), left, Map.of(), Map.of()));
      } catch (StaleException overtaken) {
        LOG.debug("segments were compacted before they could be removed: {}", left);
      }
    }
  }

  private Set<String> segments(Set<String> folds) {
    return tilings.manifest().segments().stream()
        .filter(entry -> folds.contains(entry.fold()))
        .map(Entry::id)
        .collect(Collectors.toSet());
  }

  StreamDefinition stream() {
    return stream;
  }
}
