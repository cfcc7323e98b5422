// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.stream.LongStream;
import org.anabranch.ingest.ArchiveLimits;
import org.anabranch.ingest.IngestBudget;
import org.anabranch.ingest.IngestLimits;
import org.anabranch.lake.LakeLimits;
import org.anabranch.log.KafkaLog;
import org.anabranch.log.ReadLimits;
import org.anabranch.serving.SqlSettings;
import org.anabranch.sql.Script;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.segment.SegmentMerge;

/**
 * Shares the heap out among everything that grows with the data, over all streams, views, requests
 * and queries: here alone, so that the sum is known. All shares together are at most seven eighths
 * of it; what is left is for what does not grow. A configuration that does not fit is refused.
 *
 * @param heap the most bytes that the heap can have
 * @param streams how many streams there are
 * @param lanes how many lanes they have together
 * @param views how many views there are
 * @param processes how many processes run queries
 */
public record HeapBudgets(long heap, int streams, int lanes, int views, int processes) {
  /** Shares are so many parts of the heap. */
  private static final int PARTS = 64;

  private static final int ALL_PARTS = 56;
  private static final int STATE_PARTS = 24;
  private static final int ARCHIVE_PARTS = 5;
  private static final int LAKE_PARTS = 5;
  private static final int INGEST_PARTS = 8;
  private static final int SPOOL_PARTS = 2;
  private static final int LOG_PARTS = 2;
  private static final int TAIL_PARTS = 2;
  private static final int KEY_PARTS = 3;
  private static final int SORT_PARTS = 3;
  private static final int ANSWER_PARTS = 1;

  private static final long LARGEST_STATE = 512L << 20;
  private static final long LEAST_STATE = 4L << 20;
  private static final long LARGEST_SPOOL = 64L << 20;
  private static final long LARGEST_SORT = 1L << 30;

  /** One of each stream's archiver, a batch run's and a compaction's. */
  private static final int WRITERS_BESIDE_STREAMS = 2;

  /** A row group, or what a stream's archiver holds. */
  private static final long LEAST_ROWS = 1L << 20;

  private static final long LEAST_KEYS = 512L << 10;

  /** What is fetched, what is fetched ahead of it, and the rows that it is decoded to. */
  private static final int FETCHES_OF_A_LANE = 4;

  private static final int LEAST_FETCH = 64 << 10;
  private static final int LEAST_ANSWER = 64 << 10;

  /** Those of this process for the streams and views of a script. */
  static HeapBudgets of(Script script, int processes) {
    int lanes = script.streams().stream().mapToInt(StreamDefinition::partitions).sum();
    return new HeapBudgets(
        Runtime.getRuntime().maxMemory(),
        script.streams().size(),
        lanes,
        script.views().size(),
        processes);
  }

  private long share(int parts) {
    return heap / PARTS * parts;
  }

  /** Of all bodies and answers on their way, whatever runs here, this much is in memory at most. */
  public static long spool(long heap) {
    return Math.min(LARGEST_SPOOL, heap / PARTS * SPOOL_PARTS);
  }

  /** The budget of each view where nobody says one. */
  long state() {
    return Math.max(LEAST_STATE, Math.min(LARGEST_STATE, largestState()));
  }

  /** The largest budget that every view can have. */
  private long largestState() {
    long room = Math.min(share(STATE_PARTS), share(ALL_PARTS) - allButStates());
    return Math.max(0, room / 3 * 2 / Math.max(1, views));
  }

  /** Live state may take all of a budget while a fold of history takes half of one beside it. */
  private long states(long budget) {
    return views * (budget + budget / 2);
  }

  /** How many bytes all shares take together. */
  long total(long stateBudget) {
    return states(stateBudget) + allButStates();
  }

  /** The most that they may take. */
  long most() {
    return share(ALL_PARTS);
  }

  private long allButStates() {
    ArchiveLimits archive = archive(0);
    return streams * (archive.heldBytes() + keys().bytes())
        + (streams + WRITERS_BESIDE_STREAMS) * lake().rowGroupBytes()
        + ingestBytes()
        + spool(heap)
        + sendBytes()
        + (long) lanes * FETCHES_OF_A_LANE * tail().bytes()
        + sortBytes()
        + (long) sql().concurrent() * sql().aheadBytes();
  }

  /**
   * Settings whose state budget is a number that the heap has room for.
   *
   * @throws RefusedException if the budget that was asked for, or any at all, cannot be had
   */
  PipelineSettings settled(PipelineSettings settings) throws RefusedException {
    boolean derived = settings.stateBudget() == PipelineSettings.DERIVED;
    if (total(LEAST_STATE) > most()) {
      throw new RefusedException(
          "Cannot start with a heap of %d bytes: %d streams of %d lanes together, %d views and %d processes for queries need at least %d; give the process more heap with -Xmx, or declare fewer"
              .formatted(heap, streams, lanes, views, processes, leastHeap()));
    }
    long budget = derived ? state() : settings.stateBudget();
    if (budget > Math.max(LEAST_STATE, largestState())) {
      throw new RefusedException(
          "Cannot start with a state budget of %d bytes: the heap has at most %d, and as there are %d views, each may take %d; lower --state-budget or leave it out, or give the process more heap with -Xmx"
              .formatted(budget, heap, views, Math.max(LEAST_STATE, largestState())));
    }
    return settings.budget(budget);
  }

  private long leastHeap() {
    return LongStream.iterate(heap, more -> more + (16L << 20))
        .filter(
            more -> {
              HeapBudgets larger = new HeapBudgets(more, streams, lanes, views, processes);
              return larger.total(LEAST_STATE) <= larger.most();
            })
        .findFirst()
        .orElseThrow();
  }

  /** What a file of the lake may take while it is written: a row group and its compressed pages. */
  LakeLimits lake() {
    LakeLimits most = LakeLimits.DEFAULT;
    long each = share(LAKE_PARTS) / (streams + WRITERS_BESIDE_STREAMS);
    return new LakeLimits(
        most.targetFileBytes(),
        most.filesToMerge(),
        within(LEAST_ROWS, each, most.rowGroupBytes()),
        most.chunkRows(),
        most.snapshotAgeMillis(),
        most.orphanAgeMillis(),
        most.previousMetadata(),
        most.manifestsToMerge());
  }

  /** What one stream's archiver may hold. */
  ArchiveLimits archive(long everyMillis) {
    ArchiveLimits most = ArchiveLimits.DEFAULT;
    long each = share(ARCHIVE_PARTS) / Math.max(1, streams);
    return most.holding(within(LEAST_ROWS, each, most.heldBytes())).every(everyMillis);
  }

  private long ingestBytes() {
    return Math.max(IngestBudget.LEAST_BYTES, share(INGEST_PARTS));
  }

  /** The memory of all requests that bring events. */
  IngestBudget ingest() {
    return new IngestBudget(ingestBytes());
  }

  /** One stream's ingest. */
  IngestLimits requests() {
    return IngestLimits.DEFAULT.with(keys());
  }

  private IngestLimits.Keys keys() {
    IngestLimits.Keys most = IngestLimits.DEFAULT.keys();
    long each = share(KEY_PARTS) / Math.max(1, streams);
    return most.within(within(LEAST_KEYS, each, most.bytes()));
  }

  /** What waits to be sent to the log. */
  long sendBytes() {
    return within(KafkaLog.LEAST_SEND_BYTES, share(LOG_PARTS), KafkaLog.SEND_BYTES);
  }

  /** What one lane's reader fetches at once. */
  ReadLimits tail() {
    ReadLimits most = ReadLimits.DEFAULT;
    long each = share(TAIL_PARTS) / Math.max(1, lanes) / FETCHES_OF_A_LANE;
    return new ReadLimits(
        most.records(), (int) within(LEAST_FETCH, each, most.bytes()), most.patience());
  }

  private long sortBytes() {
    return Math.min(LARGEST_SORT, share(SORT_PARTS));
  }

  /** Reads of views. */
  org.anabranch.serving.ReadLimits reads() {
    return org.anabranch.serving.ReadLimits.DEFAULT.sorting(sortBytes());
  }

  /** Queries in SQL. */
  SqlSettings sql() {
    SqlSettings most = SqlSettings.DEFAULT.in(processes);
    long each = share(ANSWER_PARTS) / most.concurrent();
    return most.ahead((int) within(LEAST_ANSWER, each, most.aheadBytes()));
  }

  private static long within(long least, long share, long most) {
    return Math.max(least, Math.min(share, most));
  }

  /** A group is decoded to be merged, and then takes several times its encoded bytes. */
  static long largestGroup(PipelineSettings settings) {
    return Math.min(SegmentMerge.LARGEST_GROUP, settings.stateBudget() / 4);
  }
}
