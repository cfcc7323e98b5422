// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LaneSurveyTest {
  private static final Lane LANE = new Lane("topic", 0, 3);

  private static LaneSurvey survey(long next, long known, String kept, boolean complete) {
    Optional<Range> range = Optional.empty();
    if (!kept.equals("none")) {
      String[] ends = kept.split("-", -1);
      range = Optional.of(new Range(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
    }
    return new LaneSurvey(LANE, next, Math.max(next, known), range, complete, true);
  }

  /** next: the lake's end; known: what acknowledgements and segments speak of; kept: the log. */
  @ParameterizedTest(name = "lake {0}, known {1}, log {2}: over {3}, to read {4}, lost {5}")
  @CsvSource({
    // Nothing has happened.
    "100, 100, 0-100, false, 100-100, ''",
    "100, 120, 0-130, false, 100-130, ''",
    "100, 120, 90-120, false, 100-120, ''",
    "0, 0, 0-0, false, 0-0, ''",
    // Retention took what the lake has too, and more than that.
    "100, 100, 100-100, false, 100-100, ''",
    "100, 120, 110-130, false, 110-130, '100-110'",
    "100, 105, 110-130, false, 110-130, '100-110'",
    // The tail is gone: above the lake, in it, and with it all.
    "100, 120, 0-110, true, 100-110, '110-120'",
    "100, 120, 0-80, true, 100-100, '100-120'",
    "100, 100, 0-80, true, 100-100, ''",
    "100, 100, 0-0, true, 100-100, ''",
    // Both ends.
    "100, 150, 110-130, true, 110-130, '100-110 130-150'",
    // Another topic.
    "100, 100, none, true, 100-100, ''",
    "100, 120, none, true, 100-100, '100-120'",
  })
  void whatIsGoneIsWhatNeitherTheLakeNorTheLogHas(
      long next, long known, String kept, boolean over, String readable, String lost) {
    LaneSurvey survey = survey(next, known, kept, true);
    assertEquals(over, survey.isOver());
    assertEquals(readable, survey.readable().from() + "-" + survey.readable().to());
    assertEquals(
        Arrays.asList(lost.isEmpty() ? new String[0] : lost.split(" ", -1)),
        survey.lost().stream().map(range -> range.from() + "-" + range.to()).toList());
    assertEquals(!lost.isEmpty(), survey.needsWord());
  }

  @Test
  void whereOthersAppendedAShorterLogAlwaysNeedsAWord() {
    assertTrue(survey(100, 100, "none", false).needsWord());
    assertTrue(survey(100, 100, "0-80", false).needsWord());
    assertEquals(false, survey(100, 100, "0-100", false).needsWord());
    assertEquals(
        "lane topic.0.3: whatever was appended at position 100 or later, since the topic with id"
            + " topic is not there any more",
        survey(100, 100, "none", false).loss());
  }

  @Test
  void ofFilesThatAreNotTheLanesNothingIsRead() {
    Optional<Range> kept = Optional.of(new Range(0, 200));
    LaneSurvey archived = new LaneSurvey(LANE, 100, 100, kept, true, false);
    assertTrue(archived.isOver());
    assertTrue(archived.readable().isEmpty());
    assertEquals(false, archived.needsWord());
    LaneSurvey above = new LaneSurvey(LANE, 100, 120, kept, true, false);
    assertEquals(
        "lane topic.0.3: positions [100, 120) (20), since the log lacks its mark: files of"
            + " another time were put back, or it is damaged there",
        above.loss());
  }

  @Test
  void aLossIsNamedWithItsPositionsAndItsCause() {
    assertEquals(
        "lane topic.0.3: positions [100, 110) (10), positions [130, 150) (20), since the log starts"
            + " at position 110 and the lake ends at 100, and the log ends at position 130 where"
            + " 150 was reached",
        survey(100, 150, "110-130", true).loss());
  }
}
