// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anabranch.batch.BatchStream;
import org.anabranch.batch.Compactor;
import org.anabranch.ingest.ArchiveLimits;
import org.anabranch.ingest.Archiver;
import org.anabranch.ingest.IngestStream;
import org.anabranch.lake.LakeStream;
import org.anabranch.log.LaneVersion;
import org.anabranch.log.LogHistory;
import org.anabranch.log.StreamLog;
import org.anabranch.quality.Checks;
import org.anabranch.serving.Signal;
import org.anabranch.speed.Checkpoint;
import org.anabranch.speed.SpeedLane;
import org.anabranch.speed.SpeedLayer;
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

/**
 * One stream of a running pipeline, and its layers: the log's tail feeds the speed layer and the
 * archiver with one decode; checkpoints, compaction, batch runs and backfills publish segments.
 */
final class StreamRuntime implements BatchStream, AutoCloseable {
  /** A look whether the lake's tables want tidying asks their catalog. */
  private static final long LAKE_REST_MILLIS = 500;

  private final StreamDefinition stream;
  private final Parts parts;
  private final StreamLog log;
  private final LakeStream lake;
  private final StoredVersions versions;
  private final StreamLanes lanes;
  private final Map<Lane, LaneLedger> resumed = new TreeMap<>();
  private final SpeedLayer speed;
  private final StreamTilings tilings;
  private final StreamViews views;
  private final Archiver archiver;
  private final Signal archived = new Signal();
  private final Checkpoint checkpoint;
  private final StreamTasks tasks;
  private final LaneTails tails;
  private final Backfills backfills;
  private final Rate rate;
  private final IngestStream ingest;

  StreamRuntime(StreamDefinition stream, List<View> declared, Parts parts, DataDirectory directory)
      throws IOException, RefusedException {
    this.stream = stream;
    this.parts = parts;
    this.log = parts.log().open(stream);
    this.lake = parts.lake().stream(stream);
    this.versions = new StoredVersions(lake, parts.definitions());
    this.tasks = new StreamTasks(stream.name(), parts.supervisor());
    this.lanes = new StreamLanes(stream, log, lake, marks());
    lanes.look(parts.settings());
    settle(directory);
    lanes.registerAll();
    versions.record(stream, lanes.endsAtStart());
    this.speed =
        new SpeedLayer(stream, parts.engine(), parts.clock(), parts.settings().stateBudget());
    this.tilings = new StreamTilings(stream.name(), lake.segments(), speed, parts.clock());
    this.views = views(declared);
    this.archiver =
        new Archiver(
            lake,
            stream,
            versions.latest(),
            parts.clock(),
            parts.budgets().archive(parts.settings().archiveMillis()),
            this::keysAreWrittenDown);
    this.tails =
        new LaneTails(
            stream,
            log,
            lake,
            lanes,
            tilings,
            speed,
            archiver,
            tasks,
            this::laneVersions,
            parts.budgets().tail());
    this.backfills =
        new Backfills(
            views, tilings, parts.engine(), lake.master(), parts.settings().stateBudget());
    this.checkpoint =
        new Checkpoint(speed, tilings, parts.clock(), parts.settings().checkpointMillis());
    this.rate = new Rate(parts.clock());
    this.ingest =
        new IngestStream(
            stream,
            new GuardedLog(log, tasks),
            new NamedPositions(tails::lane, lake),
            () -> checks(stream),
            directory.idempotency(),
            parts.clock(),
            parts.budgets().requests(),
            parts.ingestBudget());
  }

  private boolean keysAreWrittenDown(Coverage coming) throws IOException {
    return ingest.keysAreWrittenDown(coming);
  }

  private StreamViews views(List<View> declared) throws IOException {
    try {
      tilings.history(Frontier.of(lake.lanes()));
      tilings.giveUp(tilings.history().lost());
      return new StreamViews(stream, declared, tilings, speed, parts.definitions());
    } catch (IOException | RuntimeException e) {
      tilings.close();
      throw e;
    }
  }

  /** On a cluster the log is others' too. */
  private Optional<LaneMarks> marks() {
    return parts.settings().cluster().isEmpty()
        ? Optional.of(new LaneMarks(log))
        : Optional.empty();
  }

  /** What became of the log since the last run. */
  private void settle(DataDirectory directory) throws IOException, RefusedException {
    Archiver alone =
        new Archiver(
            lake,
            parts.definitions().stream(lake.versions().latest()),
            versions.latest(),
            parts.clock(),
            parts.budgets().archive(ArchiveLimits.DEFAULT.everyMillis()));
    LaneDrain drain = new LaneDrain(log, lake, alone, this::laneVersions, parts.clock());
    KnownEnds known =
        new KnownEnds(parts, lake, lake.segments().manifest(), directory.idempotency());
    boolean any = parts.settings().acceptsGap(stream.name());
    boolean newTopic = parts.settings().acceptNewTopic();
    new LostHistory(log, lake, known, drain, marks())
        .settle(loss -> any || (newTopic && loss.kept().isEmpty()));
  }

  /** Opens every lane where it was left, and plans what views lack below. */
  void recover() throws IOException {
    String text = tilings.manifest().properties().getOrDefault(Publisher.LEDGER, "");
    StreamLedger checkpointed = StreamLedger.parse(text);
    for (Lane lane : lanes.all().values()) {
      LaneLedger archived = Archiver.archived(lake, lane);
      LaneLedger ledger = Resume.of(lane, archived, checkpointed, views.answeringFolds(), tilings);
      resumed.put(lane, ledger);
    }
    for (Lane lane : lanes.closed().keySet()) {
      LaneLedger ledger = Archiver.archived(lake, lane);
      resumed.put(lane, ledger);
      speed.settle(lane, ledger);
    }
    Map<Fold, Coverage> missing = new LinkedHashMap<>();
    views.allFolds().forEach(fold -> missing.put(fold, views.missing(fold, resumed)));
    Map<Lane, SpeedLane> opened = new LinkedHashMap<>();
    for (Lane lane : lanes.all().values()) {
      opened.put(lane, speed.open(lane, resumed.get(lane)));
    }
    for (Fold fold : views.allFolds()) {
      speed.open(fold, Resume.positions(fold, resumed, tilings));
    }
    opened.forEach(tails::subscribe);
    missing.forEach(backfills::plan);
    ingest.recover();
  }

  private List<LaneVersion> laneVersions(Lane lane) {
    return versions.of(lane, this::checks);
  }

  /** The checks of a version, for one reader. */
  Verdict checks(StreamDefinition version) {
    return new Checks(version, parts.engine());
  }

  /** Starts to follow the tail, and to fill what views lack. */
  void startSpeed() {
    tails.follow();
    tasks.watch("partitions", new NewPartitions(log, tails::lane, parts.clock()));
    tasks.retried("checkpoint", checkpoint);
    tasks.retried(
        "retire", new RetiredFolds(views, tilings, speed, backfills::isRecovered, parts.clock()));
    tasks.plain("state budget", new StateBudget(this));
    tasks.plain("idempotency", ingest.checkpointStep());
    tasks.plain("rate", this::rateStep);
    tasks.retried("backfill", backfills);
  }

  private int rateStep() {
    rate.total(speed.ledger().accepted());
    return 0;
  }

  /** Starts to move the log to the lake and to keep lake and segments tidy. */
  void startLake() {
    tasks.retried("archive", this::archiveStep);
    tasks.retried("compact", new Compactor(this, parts.engine()));
    Step maintenance = lake.maintenance(this::heldCoverages);
    tasks.retried("lake", new Paced(maintenance, parts.clock(), LAKE_REST_MILLIS));
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
    return speed.cuts().stream().map(cut -> tilings.history().at(cut.ledger())).toList();
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
    return lanes.all();
  }

  /** The lane of a partition; that of one which was added to the topic is opened. */
  Lane lane(int partition) {
    return tails.lane(partition);
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
    return tails.unknownFields() + ingest.progress().dropped();
  }

  Backfills backfills() {
    return backfills;
  }

  /** What was found when it was opened, and made good, in words. */
  List<String> notes() {
    return Stream.concat(lanes.notes().stream(), tilings.notes().stream()).toList();
  }

  /** What the stream waits for before it is ready, in words; empty when it is. */
  List<String> waitingFor() {
    return new CatchUp(stream.name(), lanes.endsAtStart(), speed, views, backfills).waitingFor();
  }

  @Override
  public List<Fold> folds() {
    return views.answeringFolds().stream()
        .filter(backfills::isFilled)
        .filter(fold -> speed.folds().contains(fold))
        .toList();
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
    lanes.all().values().forEach(lane -> owners.put(lane, laneVersions(lane)));
    return new LogHistory(log, owners, parts.budgets().tail(), parts.clock());
  }

  /** Makes durable what is in memory; the scheduler has stopped. */
  void flush() throws IOException {
    archiver.flush();
    checkpoint.checkpoint();
  }

  @Override
  public void close() throws IOException {
    new Closing()
        .then("ingest of stream " + name(), ingest::close)
        .then("tails of stream " + name(), tails::close)
        .then("segments of stream " + name(), tilings::close)
        .end();
  }
}
