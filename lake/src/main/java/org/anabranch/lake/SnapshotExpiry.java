// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Clock;
import org.anabranch.view.Step;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/**
 * Forgets old snapshots of a table and deletes the files that only they refer to. The current one,
 * young ones and those that somebody reads from stay, and all that are newer than one that stays.
 */
final class SnapshotExpiry implements Step {
  /** Expiring is a commit too: it waits until it is worth one. */
  private static final int WORTH_A_COMMIT = 16;

  private final LakeTable table;
  private final Clock clock;
  private final long ageMillis;

  SnapshotExpiry(LakeTable table, Clock clock, long ageMillis) {
    this.table = table;
    this.clock = clock;
    this.ageMillis = ageMillis;
  }

  @Override
  public int step() {
    if (firstKept(table.read()).isEmpty()) {
      return 0;
    }
    return table.commit(this::expire);
  }

  private int expire(Attempt attempt) {
    Optional<Kept> kept = firstKept(attempt.base());
    if (kept.isEmpty()) {
      return 0;
    }
    attempt
        .table()
        .expireSnapshots()
        .expireOlderThan(kept.get().first.timestampMillis())
        .cleanupLevel(ExpireSnapshots.CleanupLevel.ALL)
        .planWith(CallerExecutor.INSTANCE)
        .commit();
    return kept.get().expired;
  }

  private record Kept(Snapshot first, int expired) {}

  /** The oldest snapshot to keep, where enough are older. */
  private Optional<Kept> firstKept(TableMetadata metadata) {
    List<Snapshot> oldestFirst = new ArrayList<>(metadata.snapshots());
    oldestFirst.sort(Comparator.comparingLong(Snapshot::sequenceNumber));
    int expired = 0;
    for (Snapshot snapshot : oldestFirst) {
      if (stays(metadata, snapshot)) {
        return expired < WORTH_A_COMMIT
            ? Optional.empty()
            : Optional.of(new Kept(snapshot, expired));
      }
      expired++;
    }
    return Optional.empty();
  }

  private boolean stays(TableMetadata metadata, Snapshot snapshot) {
    String committed = snapshot.summary().get(Properties.COMMITTED_AT);
    boolean young = committed != null && Long.parseLong(committed) > clock.millis() - ageMillis;
    return young
        || snapshot.snapshotId() == metadata.currentSnapshot().snapshotId()
        || table.isHeld(snapshot.snapshotId());
  }
}
