// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.anabranch.architecture.Architecture;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.PipelineSettings;
import org.anabranch.architecture.RefusedException;
import org.anabranch.batch.Schedule;
import org.anabranch.cli.config.Configuration;
import org.anabranch.cli.config.ListenAddress;
import org.anabranch.cli.config.Setting;
import org.anabranch.cli.output.Numbers;
import org.anabranch.cli.output.ProgressBar;
import org.anabranch.endpoints.HttpServer;
import org.anabranch.endpoints.HttpSettings;
import org.anabranch.sql.Script;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.View;
import org.jline.utils.Signals;

/** A server from its start to its end: listens, starts the pipeline, waits, stops. */
final class PipelineProcess {
  private static final long POLL_MILLIS = 10;

  private final Terminal terminal;
  private final Configuration configuration;
  private final Script script;

  /** Completed with the exit code as soon as somebody wants the process to end. */
  private final CompletableFuture<Integer> stop = new CompletableFuture<>();

  PipelineProcess(Terminal terminal, Configuration configuration, Script script) {
    this.terminal = terminal;
    this.configuration = configuration;
    this.script = script;
  }

  /**
   * Runs until a signal comes.
   *
   * @param parent a process whose end is the end of this one
   */
  int run(Optional<Long> parent) throws IOException, InterruptedException {
    Signals.register("TERM", () -> stop.complete(ExitCode.OK));
    Signals.register("INT", () -> stop.complete(ExitCode.INTERRUPTED));
    parent.ifPresent(this::stopWith);
    try {
      return serve();
    } catch (RefusedException e) {
      throw new CommandException(ExitCode.REFUSED, e.getMessage(), e);
    }
  }

  private void stopWith(long parent) {
    CompletableFuture<Void> unused =
        ProcessHandle.of(parent)
            .map(ProcessHandle::onExit)
            .orElseGet(() -> CompletableFuture.completedFuture(null))
            .thenRun(() -> stop.complete(ExitCode.OK));
  }

  // The resource is what is left to be done at the end.
  @SuppressWarnings("try")
  private int serve() throws IOException, RefusedException, InterruptedException {
    AtomicReference<Pipeline> started = new AtomicReference<>();
    // The pipeline closes after the server: requests that are under way still need it.
    try (Closeable pipeline = () -> close(started.get())) {
      return serve(started);
    }
  }

  private static void close(Pipeline pipeline) throws IOException {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  private int serve(AtomicReference<Pipeline> started)
      throws IOException, RefusedException, InterruptedException {
    long began = System.nanoTime();
    try (HttpServer server = HttpServer.start(http(), () -> Optional.ofNullable(started.get()))) {
      started.set(Pipeline.start(architecture(), script, settings()));
      awaitReady(started.get());
      if (!stop.isDone()) {
        terminal.out().println(readyLine(server.url(), (System.nanoTime() - began) / 1_000_000));
        terminal.out().flush();
      }
      while (!isStopping(started.get())) {
        // It waits by itself.
      }
      return stop.join();
    }
  }

  private void awaitReady(Pipeline pipeline) throws InterruptedException {
    try (ProgressBar progress =
        new ProgressBar(terminal.err(), terminal.errIsTerminal(), System::currentTimeMillis)) {
      List<String> waiting = pipeline.waitingFor();
      while (!waiting.isEmpty() && !isStopping(pipeline)) {
        progress.show(0, 0, "starting, waiting for " + waiting.get(0));
        waiting = pipeline.waitingFor();
      }
    }
  }

  /**
   * Waits a moment, unless the end comes first.
   *
   * @throws CommandException if the pipeline has no log any more: without it nothing goes on
   */
  private boolean isStopping(Pipeline pipeline) throws InterruptedException {
    if (pipeline.fault().isPresent()) {
      throw new CommandException(
          ExitCode.FAILED,
          "Cannot go on: "
              + pipeline.fault().get()
              + ". What was acknowledged is in the log under "
              + data().resolve("log")
              + "; see that it can be written and has room, and that the process may open enough"
              + " files, then start again");
    }
    try {
      stop.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("Cannot wait for the end: " + e.getMessage(), e);
    }
  }

  private String readyLine(String url, long millis) {
    String streams =
        String.join(", ", script.streams().stream().map(StreamDefinition::name).toList());
    String views = String.join(", ", script.views().stream().map(View::name).toList());
    return "Ready at "
        + url
        + " as "
        + configuration.get(Setting.ARCHITECTURE, Architecture.class).name()
        + " after "
        + Numbers.duration(millis)
        + " (streams: "
        + streams
        + "; views: "
        + (views.isEmpty() ? "none" : views)
        + ")";
  }

  private Architecture architecture() {
    return configuration.get(Setting.ARCHITECTURE, Architecture.class);
  }

  private HttpSettings http() throws IOException {
    ListenAddress address = configuration.get(Setting.LISTEN, ListenAddress.class);
    HttpSettings settings =
        HttpSettings.on(address.host(), address.port())
            .acceptPublic(configuration.is(Setting.ACCEPT_PUBLIC_BIND))
            .scratch(data().resolve("scratch"));
    Optional<FileHandles> handles = FileHandles.ofThisProcess();
    return handles.isEmpty() ? settings : limited(settings, handles.get());
  }

  private HttpSettings limited(HttpSettings settings, FileHandles handles) throws IOException {
    FileHandles.Share share =
        new FileHandles.Share(
            FileHandles.segments(data().resolve("log")),
            script.streams().stream().mapToLong(StreamDefinition::partitions).sum(),
            settings.threads());
    int connections = handles.connections(settings.connections(), share);
    handles
        .note(settings.connections(), connections)
        .ifPresent(note -> terminal.err().println(note));
    terminal.err().flush();
    return settings.limit(connections);
  }

  private Path data() {
    return terminal.path(configuration.text(Setting.DATA));
  }

  private PipelineSettings settings() {
    return new PipelineSettings(
        data(),
        configuration.cluster(),
        configuration.text(Setting.DURABILITY).equals("power"),
        configuration.get(Setting.BATCH_EVERY, Schedule.class),
        configuration.number(Setting.CHECKPOINT_EVERY),
        configuration.number(Setting.ARCHIVE_EVERY),
        configuration.number(Setting.STATE_BUDGET),
        configuration.number(Setting.LAKE_TIMEOUT),
        configuration.is(Setting.ACCEPT_NEW_TOPIC),
        configuration.names(Setting.ACCEPT_GAP),
        Math.toIntExact(configuration.number(Setting.SQL_PROCESSES)));
  }
}
