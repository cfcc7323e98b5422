// SPDX-License-Identifier: Apache-2.0
package org.anabranch.quality;

import java.util.List;
import java.util.Optional;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.Segment;
import org.anabranch.view.Tiling;
import org.anabranch.view.TilingSource;
import org.anabranch.view.segment.SegmentMerge;

/**
 * What must hold before a newly folded segment may answer in place of others.
 *
 * <ul>
 *   <li>Conservation: with it, the accepted rows below the cut are as many as the stream's ledger
 *       counted there.
 *   <li>Parity: where it replaces segments over exactly its own coverage, its groups and states are
 *       theirs, byte for byte.
 * </ul>
 */
public final class PublishAudit {
  private final TilingSource.Pinned pinned;
  private final Coverage upTo;

  /**
   * @param pinned what answers up to the cut
   * @param upTo the coverage up to the cut
   */
  public PublishAudit(TilingSource.Pinned pinned, Coverage upTo) {
    this.pinned = pinned;
    this.upTo = upTo;
  }

  /** Why the segment may not be published, if it may not. */
  public Optional<String> objection(Fold fold, Segment folded) {
    Tiling tiling = pinned.tiling(fold);
    List<Segment> replaced =
        tiling.segments().stream()
            .filter(segment -> folded.coverage().containsAll(segment.coverage()))
            .toList();
    return conservation(tiling, replaced, folded).or(() -> parity(fold, replaced, folded));
  }

  private Optional<String> conservation(Tiling tiling, List<Segment> replaced, Segment folded) {
    long kept = tiling.tally().accepted();
    for (Segment segment : replaced) {
      kept -= segment.tally().accepted();
    }
    long accepted = pinned.standing().ledger().accepted();
    long accountedFor = kept + folded.tally().accepted();
    if (accountedFor == accepted) {
      return Optional.empty();
    }
    return Optional.of(
        "rows are not conserved: "
            + accountedFor
            + " are folded, filtered or rejected below "
            + upTo
            + ", but "
            + accepted
            + " were accepted");
  }

  private Optional<String> parity(Fold fold, List<Segment> replaced, Segment folded) {
    Coverage theirs =
        replaced.stream().map(Segment::coverage).reduce(Coverage.EMPTY, Coverage::plus);
    if (!theirs.equals(folded.coverage())) {
      return Optional.empty();
    }
    String digest =
        replaced.size() == 1
            ? replaced.get(0).digest()
            : new SegmentMerge(fold).summary(replaced).digest();
    if (digest.equals(folded.digest())) {
      return Optional.empty();
    }
    return Optional.of(
        "the layers disagree over "
            + theirs
            + ": digest "
            + digest
            + " answers now, "
            + folded.digest()
            + " was folded anew");
  }
}
