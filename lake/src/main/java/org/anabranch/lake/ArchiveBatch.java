// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Rows;

/**
 * What one append brings to the master dataset.
 *
 * @param commitId names the append: repeated with the same id it is done only once
 * @param coverage what it accounts for
 * @param rows the accepted rows, inside the coverage; chunks in any order
 * @param leaderEpochs the leader epoch of the last position of each lane
 * @param ledger texts that replace those of the same names; an empty text removes one
 * @param knownVersion number of the newest stream version by which the rows were judged
 */
public record ArchiveBatch(
    String commitId,
    Coverage coverage,
    List<Rows> rows,
    Map<Lane, Integer> leaderEpochs,
    Map<String, String> ledger,
    int knownVersion) {
  public ArchiveBatch {
    Objects.requireNonNull(commitId, "commitId is null");
    Objects.requireNonNull(coverage, "coverage is null");
    rows = List.copyOf(rows);
    leaderEpochs = Map.copyOf(leaderEpochs);
    ledger = Map.copyOf(ledger);
    if (commitId.isEmpty() || commitId.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("Cannot name a commit '" + commitId + "'");
    }
    Coverage total = Coverage.EMPTY;
    for (Rows chunk : rows) {
      total = total.plus(chunk.coverage());
    }
    if (!coverage.containsAll(total)) {
      throw new IllegalArgumentException(
          "Cannot append rows of " + total + " with a coverage of " + coverage);
    }
  }
}
