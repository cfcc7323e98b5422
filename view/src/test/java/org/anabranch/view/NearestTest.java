// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NearestTest {
  @Test
  void distanceCountsLettersInsertedDroppedReplacedAndSwapped() {
    assertEquals(0, Nearest.distance("abc", "abc"));
    assertEquals(1, Nearest.distance("abc", "abxc"));
    assertEquals(1, Nearest.distance("abc", "ac"));
    assertEquals(1, Nearest.distance("abc", "axc"));
    assertEquals(1, Nearest.distance("form", "from"));
    assertEquals(3, Nearest.distance("", "abc"));
    assertEquals(3, Nearest.distance("kitten", "sitting"));
  }

  @Test
  void onlyANearNameIsSuggested() {
    List<String> names = List.of("origin", "destination", "delay");
    assertEquals(Optional.of("destination"), Nearest.of("destinaton", names));
    assertEquals(Optional.of("delay"), Nearest.of("DEALY", names));
    assertEquals(Optional.empty(), Nearest.of("carrier", names));
    assertEquals(Optional.empty(), Nearest.of("d", names));
    assertEquals("", Nearest.question("; ", "x", List.of("y")));
    assertEquals("; did you mean 'origin'?", Nearest.question("; ", "orgin", names));
  }

  @Test
  void theNearestIsTakenAndOfEqualsTheFirst() {
    assertEquals(Optional.of("delays"), Nearest.of("delayss", List.of("delay", "delays")));
    assertEquals(Optional.of("cat"), Nearest.of("bat", List.of("cat", "rat")));
    assertEquals(Optional.empty(), Nearest.of("bat", List.of()));
  }
}
