// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.anabranch.engine.ColumnarEngine;
import org.anabranch.lake.Lake;
import org.anabranch.lake.ScratchSegments;
import org.anabranch.log.AcknowledgedEnds;
import org.anabranch.log.Broker;
import org.anabranch.log.Durability;
import org.anabranch.log.EmbeddedBroker;
import org.anabranch.log.KafkaLog;
import org.anabranch.log.Log;
import org.anabranch.view.Clock;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.reference.ReferenceEngine;

/** What a pipeline stands on: its data directory, broker and lake, which come up side by side. */
record Foundation(DataDirectory directory, Broker broker, Parts parts) implements AutoCloseable {
  /**
   * Brings everything up, or nothing.
   *
   * @throws RefusedException if another process uses the data directory
   */
  static Foundation lay(
      PipelineSettings settings, HeapBudgets budgets, Scheduler scheduler, Clock clock)
      throws IOException, RefusedException {
    DataDirectory directory = DataDirectory.hold(settings.data());
    CompletableFuture<Broker> broker =
        CompletableFuture.supplyAsync(() -> broker(settings, directory));
    CompletableFuture<Log> log =
        broker.thenApply(found -> log(found, directory, settings, budgets, clock));
    CompletableFuture<Lake> lake =
        CompletableFuture.supplyAsync(() -> lake(directory, budgets, clock));
    boolean laid = false;
    try {
      SegmentSpace scratch = new ScratchSegments(directory.scratch());
      Parts parts =
          new Parts(
              joined(log),
              joined(lake),
              new ColumnarEngine(scratch, HeapBudgets.largestGroup(settings)),
              new ReferenceEngine(scratch),
              clock,
              new Supervisor(scheduler, clock),
              settings,
              new Definitions(),
              budgets,
              budgets.ingest());
      laid = true;
      return new Foundation(directory, joined(broker), parts);
    } finally {
      if (!laid) {
        new Closing()
            .then("scheduler", scheduler::close)
            .then("log", () -> release(log, Log::close))
            .then("broker", () -> release(broker, Broker::close))
            .then("lake", () -> release(lake, Lake::close))
            .then("data directory", directory::close);
      }
    }
  }

  private static Broker broker(PipelineSettings settings, DataDirectory directory) {
    if (settings.cluster().isPresent()) {
      return settings.cluster().get().broker();
    }
    return EmbeddedBroker.start(
        directory.log(), settings.powerSafe() ? Durability.POWER : Durability.PROCESS);
  }

  private static Log log(
      Broker broker,
      DataDirectory directory,
      PipelineSettings settings,
      HeapBudgets budgets,
      Clock clock) {
    Optional<Executor> flushing =
        settings.powerSafe() ? Optional.of(ForkJoinPool.commonPool()) : Optional.empty();
    try {
      return new KafkaLog(
          broker,
          clock,
          AcknowledgedEnds.open(directory.acknowledged(), flushing),
          budgets.sendBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Lake lake(DataDirectory directory, HeapBudgets budgets, Clock clock) {
    try {
      return Lake.open(directory.lake(), clock, budgets.lake());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T joined(CompletableFuture<T> future) throws IOException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static <T> void release(CompletableFuture<T> started, Consumer<T> close) {
    try {
      close.accept(started.join());
    } catch (CompletionException neverStarted) {
      // Its failure is what the caller is told.
    }
  }

  /** Everything that uses it has been closed before, but for the scheduler. */
  @Override
  public void close() throws IOException {
    new Closing()
        .then("tasks", parts.supervisor()::close)
        .then("log", parts.log()::close)
        .then("broker", broker::close)
        .then("lake", parts.lake()::close)
        .then("data directory", directory::close)
        .end();
  }
}
