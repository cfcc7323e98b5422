// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.anabranch.batch.Schedule;
import org.anabranch.serving.SqlSettings;

/**
 * How a pipeline is operated; what it computes is in its SQL.
 *
 * @param data the directory that holds everything durable
 * @param cluster an external Kafka cluster; empty for the embedded broker
 * @param powerSafe whether an acknowledgement outlives a power cut and not only a crash of the
 *     process
 * @param schedule when batch runs start by themselves (lambda only)
 * @param checkpointMillis how often sealed segments become durable
 * @param archiveMillis how often the lake takes what was appended
 * @param stateBudget how many bytes of heap one view's live state may take, or {@link #DERIVED}
 * @param lakeTimeoutMillis how long a run waits for the lake to pass its cut
 * @param acceptNewTopic whether streams may go on with a topic that was deleted and created again
 * @param acceptGaps the streams that may go on without events that are gone
 * @param sqlProcesses how many processes run queries in SQL
 */
public record PipelineSettings(
    Path data,
    Optional<Cluster> cluster,
    boolean powerSafe,
    Schedule schedule,
    long checkpointMillis,
    long archiveMillis,
    long stateBudget,
    long lakeTimeoutMillis,
    boolean acceptNewTopic,
    Set<String> acceptGaps,
    int sqlProcesses) {
  /** A state budget that follows from the heap and how many views there are. */
  public static final long DERIVED = 0;

  /** More processes for queries in SQL than this are taken for a mistake. */
  public static final int MOST_SQL_PROCESSES = 64;

  /** What each of them may take, beside this process. */
  public static final int SQL_PROCESS_MEGABYTES = SqlSettings.DEFAULT.processMegabytes();

  public PipelineSettings {
    Objects.requireNonNull(data, "data is null");
    Objects.requireNonNull(cluster, "cluster is null");
    Objects.requireNonNull(schedule, "schedule is null");
    if (sqlProcesses < 1 || sqlProcesses > MOST_SQL_PROCESSES) {
      throw new IllegalArgumentException("Cannot run queries in " + sqlProcesses + " processes");
    }
    acceptGaps = Set.copyOf(acceptGaps);
  }

  /** Whether a stream may go on without events that are gone. */
  boolean acceptsGap(String stream) {
    return acceptGaps.stream().anyMatch(stream::equalsIgnoreCase);
  }

  /** The same, and streams may go on without events that are gone. */
  public PipelineSettings acceptingGaps(Set<String> streams) {
    return new PipelineSettings(
        data,
        cluster,
        powerSafe,
        schedule,
        checkpointMillis,
        archiveMillis,
        stateBudget,
        lakeTimeoutMillis,
        acceptNewTopic,
        streams,
        sqlProcesses);
  }

  /** The defaults over a data directory. */
  public static PipelineSettings in(Path data) {
    return new PipelineSettings(
        data,
        Optional.empty(),
        false,
        Schedule.NEVER,
        2_000,
        2_000,
        DERIVED,
        600_000,
        false,
        Set.of(),
        SqlSettings.DEFAULT.processes());
  }

  /** The same over an external cluster. */
  public PipelineSettings on(Cluster other) {
    return new PipelineSettings(
        data,
        Optional.of(other),
        powerSafe,
        schedule,
        checkpointMillis,
        archiveMillis,
        stateBudget,
        lakeTimeoutMillis,
        acceptNewTopic,
        acceptGaps,
        sqlProcesses);
  }

  /** The same with checkpoints and commits to the lake as often as that. */
  public PipelineSettings hasty(long millis) {
    return new PipelineSettings(
        data,
        cluster,
        powerSafe,
        schedule,
        millis,
        millis,
        stateBudget,
        lakeTimeoutMillis,
        acceptNewTopic,
        acceptGaps,
        sqlProcesses);
  }

  /** The same with another budget for a view's live state. */
  public PipelineSettings budget(long bytes) {
    return new PipelineSettings(
        data,
        cluster,
        powerSafe,
        schedule,
        checkpointMillis,
        archiveMillis,
        bytes,
        lakeTimeoutMillis,
        acceptNewTopic,
        acceptGaps,
        sqlProcesses);
  }
}
