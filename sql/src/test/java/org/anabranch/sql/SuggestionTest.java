// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionTest {
  @Test
  void distanceCountsLettersInsertedDroppedReplacedAndSwapped() {
    assertEquals(0, Suggestion.distance("abc", "abc"));
    assertEquals(1, Suggestion.distance("abc", "abxc"));
    assertEquals(1, Suggestion.distance("abc", "ac"));
    assertEquals(1, Suggestion.distance("abc", "axc"));
    assertEquals(1, Suggestion.distance("form", "from"));
    assertEquals(3, Suggestion.distance("", "abc"));
    assertEquals(3, Suggestion.distance("kitten", "sitting"));
  }

  @Test
  void onlyANearNameIsSuggested() {
    List<String> names = List.of("origin", "destination", "delay");
    assertEquals("destination", Suggestion.nearest("destinaton", names));
    assertEquals("delay", Suggestion.nearest("DEALY", names));
    assertEquals("", Suggestion.nearest("carrier", names));
    assertEquals("", Suggestion.nearest("d", names));
    assertEquals("", Suggestion.didYouMean("x", List.of("y")));
  }
}
