// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Objects;
import java.util.Optional;
import org.anabranch.view.Standing;
import org.anabranch.view.Tally;

/**
 * What one relation of an answer stands on.
 *
 * @param relation its name
 * @param standing its stream's frontier, cut and verdicts
 * @param tally how accepted rows fared in the view; empty for a relation that is no view
 */
public record Footing(String relation, Standing standing, Optional<Tally> tally) {
  public Footing {
    Objects.requireNonNull(relation, "relation is null");
    Objects.requireNonNull(standing, "standing is null");
    Objects.requireNonNull(tally, "tally is null");
  }
}
