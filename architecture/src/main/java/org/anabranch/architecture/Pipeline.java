// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anabranch.batch.BatchLayer;
import org.anabranch.batch.BatchRun;
import org.anabranch.batch.RunInProgressException;
import org.anabranch.batch.RunRequest;
import org.anabranch.batch.Schedule;
import org.anabranch.sql.Script;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Receipt;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.TilingSource;
import org.anabranch.view.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running pipeline: the streams and views of a script, under one architecture, over one data
 * directory.
 */
public final class Pipeline implements Layers, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Architecture architecture;
  private final PipelineSettings settings;
  private final Script script;
  private final Foundation foundation;
  private final Parts parts;
  private final Map<String, StreamRuntime> streams = new LinkedHashMap<>();
  private final long startedAt;
  private BatchLayer history;
  private Serving serving;

  private Pipeline(
      Architecture architecture, PipelineSettings settings, Script script, Foundation foundation) {
    this.architecture = architecture;
    this.settings = settings;
    this.script = script;
    this.foundation = foundation;
    this.parts = foundation.parts();
    this.startedAt = parts.clock().millis();
  }

  /**
   * Starts a pipeline. It takes events as soon as this returns, and is ready a little later.
   *
   * @throws RefusedException if another process uses the data directory
   */
  public static Pipeline start(Architecture architecture, Script script, PipelineSettings settings)
      throws IOException, RefusedException {
    return start(architecture, script, settings, new ThreadScheduler(), Clock.SYSTEM);
  }

  /**
   * Starts a pipeline whose steps run on the given scheduler, by the given clock. The pipeline
   * closes the scheduler.
   *
   * @throws RefusedException if another process uses the data directory, or the heap has no room
   *     for the state budget
   */
  public static Pipeline start(
      Architecture architecture,
      Script script,
      PipelineSettings settings,
      Scheduler scheduler,
      Clock clock)
      throws IOException, RefusedException {
    HeapBudgets budgets = HeapBudgets.of(script, settings.sqlProcesses());
    PipelineSettings settled = budgets.settled(settings);
    Foundation foundation = Foundation.lay(settled, budgets, scheduler, clock);
    Pipeline pipeline = new Pipeline(architecture, settled, script, foundation);
    try {
      pipeline.open();
      return pipeline;
    } catch (IOException | RefusedException | RuntimeException | Error failure) {
      pipeline.release(failure);
      throw failure;
    }
  }

  /** After a start that failed: nothing is flushed, and what was opened is free again. */
  private void release(Throwable why) {
    try {
      closing(false).end();
    } catch (IOException | RuntimeException | Error besides) {
      why.addSuppressed(besides);
    }
  }

  private void open() throws IOException, RefusedException {
    checkStreams();
    for (StreamDefinition stream : script.streams()) {
      List<View> views =
          script.views().stream()
              .filter(view -> view.fold().stream().equalsIgnoreCase(stream.name()))
              .toList();
      streams.put(stream.name(), new StreamRuntime(stream, views, parts, foundation.directory()));
    }
    architecture.start(this);
    serving = new Serving(streams.values(), parts);
  }

  private void checkStreams() throws RefusedException {
    List<String> declared = script.streams().stream().map(StreamDefinition::name).toList();
    for (String named : settings.acceptGaps()) {
      if (!DataDirectory.containsIgnoringCase(declared, named)) {
        throw new RefusedException(unknown("stream", named, declared) + "; see --accept-gap");
      }
    }
    List<String> known = parts.lake().streams();
    foundation.directory().checkBelongs(known, declared);
    known.stream()
        .filter(name -> !DataDirectory.containsIgnoringCase(declared, name))
        .forEach(
            name ->
                LOG.warn(
                    "stream {} is not declared any more: what it has stays in {} and is not read",
                    name,
                    settings.data()));
  }

  @Override
  public void recover() {
    for (StreamRuntime stream : streams.values()) {
      try {
        stream.recover();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void startSpeed() {
    streams.values().forEach(StreamRuntime::startSpeed);
  }

  @Override
  public void startLake() {
    streams.values().forEach(StreamRuntime::startLake);
  }

  @Override
  public void startHistory(Schedule schedule) {
    history =
        new BatchLayer(
            List.copyOf(streams.values()),
            parts.engine(),
            parts.clock(),
            schedule,
            settings.lakeTimeoutMillis());
    parts.supervisor().plain("history", history);
  }

  @Override
  public Schedule schedule() {
    return settings.schedule();
  }

  /** The declared streams. */
  public List<StreamDefinition> streams() {
    return script.streams();
  }

  /** What queries and reads are asked of. */
  public Serving serving() {
    return serving;
  }

  /** A stream to take events for. */
  public org.anabranch.ingest.IngestStream ingest(String stream) throws RefusedException {
    return stream(stream).ingest();
  }

  StreamRuntime stream(String name) throws RefusedException {
    return streams.values().stream()
        .filter(stream -> stream.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new RefusedException(unknown("stream", name, streams.keySet())));
  }

  private static String unknown(String what, String name, Iterable<String> known) {
    return "Cannot find " + what + " '" + name + "': there are " + String.join(", ", known);
  }

  private StreamRuntime streamOfView(String view) throws RefusedException {
    List<String> known = new ArrayList<>();
    for (StreamRuntime stream : streams.values()) {
      if (stream.views().slot(view).isPresent()) {
        return stream;
      }
      stream.views().slots().forEach(slot -> known.add(slot.name()));
    }
    throw new RefusedException(unknown("view", view, known));
  }

  /** The definition that a view's name stands for now. */
  public Optional<View> view(String name) {
    return streams.values().stream()
        .flatMap(stream -> stream.views().slot(name).stream())
        .map(ViewSlot::shown)
        .findFirst();
  }

  /** How a view's definition differed from the one before when it took its place, if it did. */
  public Optional<GroupDifference> lastDifference(String name) {
    return streams.values().stream()
        .flatMap(stream -> stream.views().slot(name).stream())
        .findFirst()
        .flatMap(ViewSlot::difference);
  }

  /**
   * Waits until everything of a receipt is in the answers.
   *
   * @return false if it is not within the time
   */
  public boolean await(Receipt receipt, long timeoutMillis)
      throws InterruptedException, RefusedException {
    long deadline = parts.clock().nanos() + timeoutMillis * 1_000_000;
    for (Map.Entry<String, Coverage> entry : receipt.coverages().entrySet()) {
      StreamRuntime stream = stream(entry.getKey());
      long left = Math.max(0, (deadline - parts.clock().nanos()) / 1_000_000);
      if (!stream.tilings().await(entry.getValue(), left)) {
        return false;
      }
    }
    return true;
  }

  /** Whether what a receipt covers of the streams that are here is in the answers. */
  public boolean hasReached(Receipt receipt) throws InterruptedException {
    for (StreamRuntime stream : streams.values()) {
      Optional<Coverage> wanted = receipt.of(stream.name());
      if (wanted.isPresent() && !stream.tilings().await(wanted.get(), 0)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Asks the batch layer for a run over all streams.
   *
   * @param full whether to fold all history again
   * @return the run's id
   */
  public long runBatch(boolean full) throws RunInProgressException, RefusedException {
    if (!architecture.hasBatchLayer()) {
      throw new RefusedException(
          "Cannot run a batch: "
              + architecture.name()
              + " has no batch layer; use replay, or start with --architecture lambda");
    }
    RunRequest request =
        new RunRequest("request", full, Set.of(), Origin.BATCH, settings.lakeTimeoutMillis());
    return history.request(request, null);
  }

  /** Folds all history of one view anew and puts it in the place of what answers. */
  public long replay(String view) throws RunInProgressException, RefusedException {
    StreamRuntime stream = streamOfView(view);
    View answering =
        stream
            .views()
            .slot(view)
            .flatMap(ViewSlot::answering)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "Cannot replay view " + view + ": it is being built from history already"));
    RunRequest request =
        new RunRequest(
            "replay",
            true,
            Set.of(answering.fold().identity()),
            Origin.REPLAY,
            settings.lakeTimeoutMillis());
    return history.request(request, stream.name());
  }

  /** The runs of this process, oldest first. */
  public List<BatchRun> runs() {
    return history.runs();
  }

  /** Recomputes views, all of them where none is named, and compares. */
  public List<VerifyReport> verify(List<String> names) throws RefusedException, IOException {
    List<VerifyReport> reports = new ArrayList<>();
    for (String name : verifiable(names)) {
      reports.add(verify(name, VerifyWatch.NONE));
    }
    return reports;
  }

  /**
   * The views to verify, all of them where none is named.
   *
   * @throws RefusedException if one of them is not there
   */
  public List<String> verifiable(List<String> names) throws RefusedException {
    for (String name : names) {
      streamOfView(name);
    }
    return names.isEmpty() ? script.views().stream().map(View::name).toList() : List.copyOf(names);
  }

  /** Recomputes one view and compares. */
  public VerifyReport verify(String name, VerifyWatch watch) throws RefusedException, IOException {
    StreamRuntime stream = streamOfView(name);
    ViewSlot slot = stream.views().slot(name).orElseThrow();
    Optional<String> unavailable = slot.unavailable();
    if (unavailable.isPresent()) {
      throw new RefusedException("Cannot verify: " + unavailable.get());
    }
    try (TilingSource.Pinned pinned = stream.tilings().pin()) {
      return new Verification(
              parts.reference(),
              stream.rawLog(),
              stream.lake(),
              parts.clock(),
              settings.stateBudget())
          .verify(slot.answering().orElseThrow(), pinned, watch);
    }
  }

  /** Where everything stands. */
  public PipelineStatus status() {
    return new StatusReader(architecture, startedAt, foundation.broker(), parts, streams.values())
        .read(waitingFor());
  }

  /**
   * What is missing now before the pipeline does all it is for; empty if ready. At first that is
   * what every answer lacks of the log as it was at the start; later a log that cannot be read, and
   * tasks that have ended.
   */
  public List<String> waitingFor() {
    List<String> waiting = new ArrayList<>();
    foundation.broker().fault().ifPresent(fault -> waiting.add("the log: " + fault));
    waiting.addAll(parts.supervisor().waitingFor());
    streams.values().forEach(stream -> waiting.addAll(stream.waitingFor()));
    return List.copyOf(waiting);
  }

  /** What has ended the pipeline for good, if something has: close it, then. */
  public Optional<String> fault() {
    return foundation.broker().fault().or(parts.supervisor()::fault);
  }

  /** What a full disk does not take now is in the log. */
  private static void flush(StreamRuntime stream) {
    try {
      stream.flush();
    } catch (IOException | UncheckedIOException e) {
      LOG.warn(
          "Cannot make durable what is in memory of stream {}: {}; the next start reads it from the"
              + " log",
          stream.name(),
          e.getMessage());
    }
  }

  /** Stops the layers, makes durable what is in memory, and lets go of everything. */
  @Override
  public void close() throws IOException {
    closing(true).end();
  }

  private Closing closing(boolean flushing) {
    Closing closing = new Closing().then("tasks", parts.supervisor()::close);
    if (history != null) {
      closing.then("batch layer", history::close);
    }
    if (flushing) {
      streams
          .values()
          .forEach(stream -> closing.then("stream " + stream.name(), () -> flush(stream)));
    }
    if (serving != null) {
      closing.then("serving layer", serving::close);
    }
    streams.values().forEach(stream -> closing.then("stream " + stream.name(), stream::close));
    return closing.then("what the pipeline stands on", foundation::close);
  }
}
