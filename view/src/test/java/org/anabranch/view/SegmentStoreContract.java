// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anabranch.view.SegmentStore.Change;
import org.anabranch.view.SegmentStore.Entry;
import org.anabranch.view.SegmentStore.Manifest;
import org.junit.jupiter.api.Test;

/** What every store of segments does: a change is taken whole or not at all. */
public abstract class SegmentStoreContract {
  private static final Lane LANE = new Lane("topic", 0, 0);

  private final Random random = new Random(11);

  /** The store of this test, without segments at its start. */
  protected abstract SegmentStore store();

  private Segment segment(String fold, long from, long to) {
    return SegmentFixtures.segment(
        fold, Coverage.of(LANE, from, to), random.nextInt(1, 20), random);
  }

  private static Set<String> ids(Manifest manifest) {
    return manifest.segments().stream().map(Entry::id).collect(Collectors.toSet());
  }

  @Test
  void whatIsPublishedIsOpenedAsItWas() throws IOException {
    Segment published = segment("f1", 0, 10);
    Entry entry = store().publish(SegmentFixtures.add(published)).segments().get(0);
    assertEquals(published.fold(), entry.fold());
    assertEquals(published.coverage(), entry.coverage());
    assertEquals(published.tally(), entry.tally());
    assertEquals(published.digest(), entry.digest());
    try (Segment opened = store().open(entry)) {
      assertEquals(SegmentFixtures.groups(published), SegmentFixtures.groups(opened));
      assertEquals(published.tally(), opened.tally());
    }
  }

  @Test
  void aReplacementRemovesAndAddsAtOnce() throws IOException {
    Manifest two =
        store().publish(SegmentFixtures.add(segment("f1", 0, 10), segment("f1", 10, 20)));
    Segment whole = segment("f1", 0, 20);
    Manifest one = store().publish(SegmentFixtures.replace(ids(two), whole));
    assertEquals(List.of(whole.digest()), one.segments().stream().map(Entry::digest).toList());
    assertTrue(one.version() > two.version());
    assertEquals(one, store().manifest());
  }

  @Test
  void whatIsGoneIsNotReplacedAgain() throws IOException {
    Manifest first = store().publish(SegmentFixtures.add(segment("f1", 0, 10)));
    Manifest second = store().publish(SegmentFixtures.replace(ids(first), segment("f1", 0, 10)));
    StaleException stale =
        assertThrows(
            StaleException.class,
            () -> store().publish(SegmentFixtures.replace(ids(first), segment("f1", 20, 30))));
    assertTrue(stale.getMessage().contains(first.segments().get(0).id()), stale.getMessage());
    assertEquals(second, store().manifest());
  }

  @Test
  void overlappingSegmentsOfOneFoldLose() throws IOException {
    Manifest before = store().publish(SegmentFixtures.add(segment("f1", 0, 10)));
    Segment across = segment("f1", 9, 12);
    assertThrows(StaleException.class, () -> store().publish(SegmentFixtures.add(across)));
    Change both = SegmentFixtures.add(segment("f2", 0, 10), segment("f2", 5, 20));
    assertThrows(StaleException.class, () -> store().publish(both));
    assertEquals(before, store().manifest());
    store().publish(SegmentFixtures.add(segment("f2", 9, 12), segment("f1", 10, 12)));
    assertEquals(3, store().manifest().segments().size());
  }

  @Test
  void textsChangeOnlyWhereTheyAreAsExpected() throws IOException {
    store().publish(SegmentFixtures.texts(Map.of("view", ""), Map.of("view", "a\n=€", "b", "1")));
    assertEquals(Map.of("view", "a\n=€", "b", "1"), store().manifest().properties());
    assertThrows(
        StaleException.class,
        () -> store().publish(SegmentFixtures.texts(Map.of("view", ""), Map.of("view", "c"))));
    store().publish(SegmentFixtures.texts(Map.of("view", "a\n=€"), Map.of("view", "")));
    assertEquals(Map.of("b", "1"), store().manifest().properties());
  }

  /** What must be in the store, by plain bookkeeping. */
  private static final class Model {
    private final Map<String, Segment> segments = new HashMap<>();
    private final Map<String, String> texts = new TreeMap<>();

    boolean takes(Change change) {
      if (!segments.keySet().containsAll(change.removed())) {
        return false;
      }
      for (Map.Entry<String, String> expected : change.expected().entrySet()) {
        if (!texts.getOrDefault(expected.getKey(), "").equals(expected.getValue())) {
          return false;
        }
      }
      List<Segment> left = new ArrayList<>();
      segments.forEach(
          (id, segment) -> {
            if (!change.removed().contains(id)) {
              left.add(segment);
            }
          });
      for (SegmentStore.Addition addition : change.added()) {
        if (left.stream().anyMatch(one -> collide(one, addition.segment()))) {
          return false;
        }
        left.add(addition.segment());
      }
      return true;
    }

    private static boolean collide(Segment one, Segment other) {
      return one.fold().equals(other.fold()) && one.coverage().overlaps(other.coverage());
    }

    void apply(Change change, Manifest left) {
      change.removed().forEach(segments::remove);
      texts.putAll(change.properties());
      texts.values().removeIf(String::isEmpty);
      for (SegmentStore.Addition addition : change.added()) {
        Segment segment = addition.segment();
        Entry entry =
            left.segments().stream()
                .filter(one -> !segments.containsKey(one.id()))
                .filter(one -> one.digest().equals(segment.digest()))
                .filter(one -> one.coverage().equals(segment.coverage()))
                .findFirst()
                .orElseThrow();
        segments.put(entry.id(), segment);
      }
    }
  }

  @Test
  void randomChangesAreTakenWholeOrNotAtAll() throws IOException {
    Model model = new Model();
    int lost = 0;
    for (int i = 0; i < 60; i++) {
      Change change = randomChange(model);
      Manifest before = store().manifest();
      if (model.takes(change)) {
        model.apply(change, store().publish(change));
      } else {
        lost++;
        assertThrows(StaleException.class, () -> store().publish(change));
        assertEquals(before, store().manifest());
      }
      assertEquals(model.segments.keySet(), ids(store().manifest()));
      assertEquals(model.texts, new TreeMap<>(store().manifest().properties()));
    }
    assertTrue(lost > 5 && lost < 50, lost + " of 60 changes lost");
  }

  private Change randomChange(Model model) {
    List<SegmentStore.Addition> added = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      long from = random.nextInt(100);
      Segment segment = segment("f" + random.nextInt(3), from, from + 1 + random.nextInt(20));
      added.add(new SegmentStore.Addition(segment, SegmentStore.Origin.SPEED));
    }
    Set<String> removed = new HashSet<>();
    model.segments.keySet().stream().filter(id -> random.nextInt(4) == 0).forEach(removed::add);
    if (random.nextInt(10) == 0) {
      removed.add("never-there");
    }
    String value = Integer.toString(random.nextInt(3));
    Map<String, String> expected = random.nextInt(3) == 0 ? Map.of("t", value) : Map.of();
    return new Change(added, removed, expected, Map.of("t", Integer.toString(random.nextInt(3))));
  }
}
