// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void mergingInAnyOrderKeepsTheEarliestSamplesByLaneAndPosition() {
    Trials.run(
        200,
        random -> {
          List<Tally> tallies = new ArrayList<>();
          for (Lane lane : RandomCoverages.LANES) {
            for (int position = 0; position < 15; position++) {
              tallies.add(
                  new Tally(1, 2, 1, List.of(new Tally.Sample(lane, position, "at " + position))));
            }
          }
          Collections.shuffle(tallies, random);
          Tally merged = tallies.stream().reduce(Tally.ZERO, Tally::merge);
          assertEquals(4 * 45, merged.accepted());
          assertEquals(45, merged.rejected());
          assertEquals(Tally.MAX_SAMPLES, merged.samples().size());
          for (int i = 0; i < Tally.MAX_SAMPLES; i++) {
            assertEquals(RandomCoverages.LANES.get(i / 15), merged.samples().get(i).lane());
            assertEquals(i % 15, merged.samples().get(i).position());
          }
        });
  }
}
