// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.anabranch.batch.BatchStream;
import org.anabranch.batch.Compactor;
import org.anabranch.ingest.ArchiveLimits;
import org.anabranch.ingest.Archiver;
import org.anabranch.ingest.IngestLimits;
import org.anabranch.ingest.IngestStream;
import org.anabranch.lake.LakeStream;
import org.anabranch.log.LaneTail;
import org.anabranch.log.LaneVersion;
import org.anabranch.log.LogHistory;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.log.ReadLimits;
import org.anabranch.log.StreamLog;
import org.anabranch.quality.Checks;
import org.anabranch.serving.Signal;
import org.anabranch.speed.Checkpoint;
import org.anabranch.speed.SpeedLane;
import org.anabranch.speed.SpeedLayer;
import org.anabranch.view.Chunk;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.Publisher;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.Step;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.Verdict;
import org.anabranch.view.View;
import org.anabranch.view.segment.GroupTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of a running pipeline, and its layers: the log's tail feeds the speed layer and the
 * archiver with one decode; checkpoints, compaction, batch runs and backfills publish segments.
 */
final class StreamRuntime implements BatchStream, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamRuntime.class);

  private final StreamDefinition stream;
  private final Parts parts;
  private final StreamLog log;
  private final LakeStream lake;
  private final StoredVersions versions;
  private final NavigableMap<Integer, Lane> lanes = new ConcurrentSkipListMap<>();
  private final Map<Lane, Long> endsAtStart = new ConcurrentSkipListMap<>();
  private final Map<Lane, LaneLedger> resumed = new TreeMap<>();
  private final SpeedLayer speed;
  private final StreamTilings tilings;
  private final StreamViews views;
  private final Archiver archiver;
  private final Signal archived = new Signal();
  private final Checkpoint checkpoint;
  private final Map<Lane, LaneTail> tails = new ConcurrentSkipListMap<>();
  private final Map<String, Backfill> backfills = new LinkedHashMap<>();
  private final AtomicLong unknownFields = new AtomicLong();
  private final List<Retrying> retries = new CopyOnWriteArrayList<>();
  private final Rate rate;
  private final IngestStream ingest;

  StreamRuntime(StreamDefinition stream, List<View> declared, Parts parts, DataDirectory directory)
      throws IOException {
    this.stream = stream;
    this.parts = parts;
    this.log = parts.log().open(stream);
    this.lake = parts.lake().stream(stream);
    this.versions = new StoredVersions(lake, parts.definitions());
    registerLanes();
    versions.record(stream, endsAtStart);
    this.speed =
        new SpeedLayer(stream, parts.engine(), parts.clock(), parts.settings().stateBudget());
    this.tilings = new StreamTilings(stream.name(), lake.segments(), speed, parts.clock());
    lake.lanes().openings().forEach(tilings::start);
    this.views = new StreamViews(stream, declared, tilings, speed, parts.definitions());
    this.archiver =
        new Archiver(
            lake,
            stream,
            versions.latest(),
            parts.clock(),
            ArchiveLimits.DEFAULT.every(parts.settings().archiveMillis()));
    this.checkpoint =
        new Checkpoint(speed, tilings, parts.clock(), parts.settings().checkpointMillis());
    this.rate = new Rate(parts.clock());
    this.ingest =
        new IngestStream(
            stream,
            log,
            this::lane,
            () -> checks(stream),
            directory.idempotency(),
            parts.clock(),
            IngestLimits.DEFAULT);
  }

  private void registerLanes() {
    if (parts.settings().cluster().isEmpty() && stream.partitions() > log.partitions().size()) {
      log.grow(stream.partitions());
    }
    log.notes().forEach(LOG::warn);
    List<Integer> partitions = log.refresh();
    Map<Integer, Long> starts = log.starts();
    Map<Integer, Long> ends = log.ends();
    for (int partition : partitions) {
      Lane lane =
          lake.lanes()
              .register(
                  log.topicId(),
                  partition,
                  starts.get(partition),
                  parts.settings().acceptNewTopic());
      lanes.put(partition, lane);
      endsAtStart.put(lane, ends.get(partition));
    }
  }

  /** Opens every lane where it was left, and plans what views lack below. */
  void recover() throws IOException {
    String text = tilings.manifest().properties().getOrDefault(Publisher.LEDGER, "");
    StreamLedger checkpointed = StreamLedger.parse(text);
    for (Lane lane : lanes.values()) {
      LaneLedger archived = Archiver.archived(lake, lane);
      LaneLedger ledger = Resume.of(lane, archived, checkpointed, views.answeringFolds(), tilings);
      resumed.put(lane, ledger);
    }
    Map<Fold, Coverage> missing = new LinkedHashMap<>();
    views.allFolds().forEach(fold -> missing.put(fold, views.missing(fold, resumed)));
    Map<Lane, SpeedLane> opened = new LinkedHashMap<>();
    resumed.forEach((lane, ledger) -> opened.put(lane, speed.open(lane, ledger)));
    for (Fold fold : views.allFolds()) {
      speed.open(fold, Resume.positions(fold, resumed, tilings));
    }
    opened.forEach(this::subscribe);
    missing.forEach(this::planBackfill);
    ingest.recover();
  }

  private void subscribe(Lane lane, SpeedLane speedLane) {
    LaneTail tail = new LaneTail(log, lane, laneVersions(lane), ReadLimits.DEFAULT);
    int epoch = lake.master().leaderEpochs().getOrDefault(lane, -1);
    long archiveFrom = archiver.open(lane);
    long speedFrom = speedLane.ledger().position();
    try {
      tail.subscribe(archiver::offer, archiveFrom, archiveFrom > 0 ? epoch : -1);
      tail.subscribe(chunk -> offer(speedLane, chunk), speedFrom, -1);
    } catch (RuntimeException e) {
      tail.close();
      throw e;
    }
    tails.put(lane, tail);
  }

  /**
   * The lane of a partition; that of one which was added to the topic since the start is opened.
   */
  Lane lane(int partition) {
    Lane known = lanes.get(partition);
    return known == null ? openAdded(partition) : known;
  }

  /** In an order in which a failure at any place leaves something to be tried again. */
  private synchronized Lane openAdded(int partition) {
    if (!lanes.containsKey(partition)) {
      if (!log.refresh().contains(partition)) {
        throw new LogUnavailableException(
            "Cannot open partition "
                + partition
                + " of stream '"
                + stream.name()
                + "': the brokers do not know of it just now");
      }
      long end = log.end(partition);
      Lane lane = lake.lanes().register(log.topicId(), partition, log.start(partition), false);
      tilings.start(lane, lake.lanes().openings().get(lane));
      endsAtStart.put(lane, end);
      LaneLedger ledger = Archiver.archived(lake, lane);
      subscribe(lane, speed.lane(lane).orElseGet(() -> speed.open(lane, ledger)));
      follow(lane, tails.get(lane));
      lanes.put(partition, lane);
      LOG.info("stream {} has a new lane: {}", stream.name(), lane);
    }
    return lanes.get(partition);
  }

  private boolean offer(SpeedLane lane, Chunk chunk) {
    unknownFields.addAndGet(chunk.unknownFields());
    return lane.offer(
        new Chunk(
            chunk.rows().conform(stream.rowSchema()),
            chunk.quarantined(),
            chunk.leaderEpoch(),
            chunk.unknownFields()));
  }

  private List<LaneVersion> laneVersions(Lane lane) {
    return versions.of(lane, this::checks);
  }

  /** The checks of a version, for one reader. */
  Verdict checks(StreamDefinition version) {
    return new Checks(version, parts.engine());
  }

  private void planBackfill(Fold fold, Coverage missing) {
    boolean answers = views.answeringFolds().contains(fold);
    backfills.put(
        fold.identity(),
        new Backfill(
            fold,
            missing,
            parts.engine(),
            stateBudget(),
            lake.master(),
            tilings,
            answers ? SegmentStore.Origin.SPEED : SegmentStore.Origin.REPLAY,
            () -> completed(fold)));
  }

  private void completed(Fold fold) {
    try {
      views.completed(fold);
      synchronized (backfills) {
        backfills.remove(fold.identity());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void schedule(String task, Step step) {
    String name = task + " " + stream.name();
    schedule(new Retrying(name, step, parts.clock()));
  }

  private void schedule(Retrying retrying) {
    retries.add(retrying);
    parts.scheduler().schedule(retrying.name(), retrying);
  }

  private void follow(Lane lane, LaneTail tail) {
    String name = "tail " + stream.name() + " " + lane.partition();
    schedule(Retrying.reading(name, tail, parts.clock()));
  }

  /** What fails now and is tried again, in words. */
  List<String> failing() {
    return retries.stream().flatMap(retrying -> retrying.failing().stream()).toList();
  }

  /** Starts to follow the tail, and to fill what views lack. */
  void startSpeed() {
    tails.forEach(this::follow);
    schedule("partitions", new NewPartitions(log, this::lane, parts.clock()));
    schedule("checkpoint", checkpoint);
    schedule("retire", new RetiredFolds(views, tilings, speed, this::isRecovered, parts.clock()));
    parts.scheduler().schedule("state budget " + stream.name(), new StateBudget(this));
    parts.scheduler().schedule("idempotency " + stream.name(), ingest.checkpointStep());
    parts.scheduler().schedule("rate " + stream.name(), this::rateStep);
    schedule("backfill", this::backfillStep);
  }

  private int rateStep() {
    rate.total(speed.ledger().accepted());
    return 0;
  }

  private int backfillStep() throws IOException {
    List<Backfill> open;
    synchronized (backfills) {
      open = new ArrayList<>(backfills.values());
    }
    int done = 0;
    for (Backfill backfill : open) {
      try {
        done += backfill.step();
      } catch (GroupTooLargeException noRoom) {
        stop(backfill.fold(), noRoom.getMessage());
      }
    }
    return done;
  }

  /** Stops a fold that has no room, what uses it, and its backfill. */
  void stop(Fold fold, String reason) {
    LOG.warn("{} has no room: {}", views.namesOf(fold), reason);
    synchronized (backfills) {
      backfills.remove(fold.identity());
    }
    views.stop(fold, reason + "; start again with a larger --state-budget");
  }

  /** Starts to move the log to the lake and to keep lake and segments tidy. */
  void startLake() {
    schedule("archive", this::archiveStep);
    schedule("compact", new Compactor(this, parts.engine()));
    schedule("lake", lake.maintenance(this::heldCoverages));
  }

  private int archiveStep() throws IOException {
    int done = archiver.step();
    if (done > 0) {
      archived.give();
    }
    return done;
  }

  /** Given whenever the lake has taken more of the stream. */
  Signal archived() {
    return archived;
  }

  private List<Coverage> heldCoverages() {
    return speed.cuts().stream().map(cut -> tilings.frontier(cut.ledger())).toList();
  }

  @Override
  public long stateBudget() {
    return parts.settings().stateBudget();
  }

  @Override
  public String name() {
    return stream.name();
  }

  StreamDefinition definition() {
    return stream;
  }

  StreamLog log() {
    return log;
  }

  LakeStream lakeStream() {
    return lake;
  }

  NavigableMap<Integer, Lane> lanes() {
    return lanes;
  }

  StreamTilings tilings() {
    return tilings;
  }

  StreamViews views() {
    return views;
  }

  SpeedLayer speed() {
    return speed;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  Parts parts() {
    return parts;
  }

  int version() {
    return versions.latest();
  }

  IngestStream ingest() {
    return ingest;
  }

  Rate rate() {
    return rate;
  }

  long unknownFields() {
    return unknownFields.get();
  }

  /** How far the filling of a fold is, in words, if it is not complete. */
  Optional<String> backfillOf(Fold fold) {
    synchronized (backfills) {
      return Optional.ofNullable(backfills.get(fold.identity())).map(Backfill::progress);
    }
  }

  /** Whether every view that answered before the start can answer again. */
  boolean isRecovered() {
    synchronized (backfills) {
      return views.answeringFolds().stream()
          .noneMatch(fold -> backfills.containsKey(fold.identity()));
    }
  }

  /** What the stream waits for before it is ready, in words; empty when it is. */
  List<String> waitingFor() {
    List<String> waiting = new ArrayList<>();
    SortedMap<Lane, LaneLedger> now = speed.ledger().lanes();
    endsAtStart.forEach(
        (lane, end) -> {
          long position = now.containsKey(lane) ? now.get(lane).position() : 0;
          if (position < end) {
            waiting.add(
                "stream " + stream.name() + " lane " + lane + " is at " + position + " of " + end);
          }
        });
    for (Fold fold : views.answeringFolds()) {
      backfillOf(fold)
          .ifPresent(
              progress -> waiting.add("view " + views.namesOf(fold) + " is filled: " + progress));
    }
    return waiting;
  }

  @Override
  public List<Fold> folds() {
    synchronized (backfills) {
      return views.answeringFolds().stream()
          .filter(fold -> !backfills.containsKey(fold.identity()))
          .filter(fold -> speed.folds().contains(fold))
          .toList();
    }
  }

  @Override
  public String viewsOf(Fold fold) {
    return views.namesOf(fold);
  }

  @Override
  public Cut cut() {
    return tilings.cut();
  }

  @Override
  public void hurryLake() {
    archiver.hurry();
  }

  @Override
  public History lake() {
    return lake.master();
  }

  @Override
  public Segment open(SegmentStore.Entry entry) throws IOException {
    return tilings.open(entry);
  }

  @Override
  public List<Boolean> sides(Coverage coverage) {
    return speed.cuts().stream().map(cut -> cut.contains(coverage)).toList();
  }

  @Override
  public SegmentStore.Manifest manifest() {
    return tilings.manifest();
  }

  @Override
  public SegmentStore.Manifest publish(SegmentStore.Change change) throws IOException {
    return tilings.publish(change);
  }

  /** The raw log as a history, with its own decoders. */
  LogHistory rawLog() {
    Map<Lane, List<LaneVersion>> owners = new HashMap<>();
    lanes.values().forEach(lane -> owners.put(lane, laneVersions(lane)));
    return new LogHistory(log, owners, ReadLimits.DEFAULT, parts.clock());
  }

  /** Makes durable what is in memory; the scheduler has stopped. */
  void flush() throws IOException {
    archiver.flush();
    checkpoint.checkpoint();
  }

  @Override
  public void close() {
    ingest.close();
    tails.values().forEach(LaneTail::close);
    tilings.close();
  }
}
