// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Clock;
import org.anabranch.view.Receipt;
import org.anabranch.view.Schema;
import org.anabranch.view.Tiling;

/**
 * Answers one SELECT over relations of a catalog. It is parsed, passes the {@link Gate} and runs in
 * a process of its own; here is what it reads, and what it may take. Any number of threads may ask.
 */
public final class SqlService implements AutoCloseable {
  private final Catalog catalog;
  private final SqlSettings settings;
  private final Clock clock;
  private final Semaphore places;
  private final SqlProcesses processes;
  private final Watchdog watchdog;

  /**
   * @param watchdog ends queries when their time has passed; closed with this
   */
  public SqlService(Catalog catalog, SqlSettings settings, Clock clock, Watchdog watchdog) {
    this.catalog = catalog;
    this.settings = settings;
    this.clock = clock;
    this.watchdog = watchdog;
    this.places = new Semaphore(settings.concurrent());
    this.processes = new SqlProcesses(settings, clock);
  }

  /**
   * Runs a query.
   *
   * @param awaited what the answer must account for at least
   * @throws ServingException if there is no answer
   */
  public Answer query(String sql, QueryLimits limits, Optional<Receipt> awaited) {
    if (!places.tryAcquire()) {
      throw new ServingException(
          Reason.BUSY,
          "Cannot run the query now: "
              + settings.concurrent()
              + " are running or waiting; ask again soon");
    }
    Cleanup cleanup = new Cleanup();
    cleanup.add(places::release);
    try {
      return answer(sql, limits, awaited, cleanup);
    } catch (RuntimeException | Error e) {
      cleanup.run();
      throw e;
    }
  }

  private Answer answer(
      String sql, QueryLimits limits, Optional<Receipt> awaited, Cleanup cleanup) {
    Deadline deadline = Deadline.ofQuery(clock, limits.timeoutMillis());
    awaited.ifPresent(receipt -> await(sql, receipt, deadline));
    StatementCall call = new StatementCall(processes, watchdog, deadline);
    cleanup.add(call::close);
    Map<String, Relation> relations = call.relations(sql, catalog);
    checkAvailable(relations);
    return run(call, relations, limits, deadline, cleanup);
  }

  private static void checkAvailable(Map<String, Relation> relations) {
    for (Relation relation : relations.values()) {
      if (relation instanceof ViewRelation view && view.unavailable().isPresent()) {
        throw new ServingException(
            Reason.UNAVAILABLE,
            "Cannot answer from view " + view.name() + ": " + view.unavailable().get());
      }
    }
  }

  /** Waits for what a statement reads; nobody's process waits with it. */
  private void await(String sql, Receipt receipt, Deadline deadline) {
    Map<String, Relation> relations;
    try (StatementCall call = new StatementCall(processes, watchdog, deadline)) {
      relations = call.relations(sql, catalog);
    }
    checkAvailable(relations);
    List<String> streams = new ArrayList<>();
    for (Relation relation : relations.values()) {
      if (relation instanceof ViewRelation view) {
        String stream = view.view().fold().stream();
        streams.add(stream);
        Waiting.await(view.source(), stream, receipt, deadline.leftMillis());
      } else {
        streams.add(Waiting.await((FileRelation) relation, receipt, deadline));
      }
    }
    Waiting.checkConcerns(receipt, streams);
  }

  private Answer run(
      StatementCall call,
      Map<String, Relation> relations,
      QueryLimits limits,
      Deadline deadline,
      Cleanup cleanup) {
    Pins pins = new Pins();
    cleanup.add(pins::close);
    Map<String, Tiling> tilings = new LinkedHashMap<>();
    List<FileTable> files = new ArrayList<>();
    relations.forEach(
        (name, relation) -> {
          if (relation instanceof ViewRelation view) {
            tilings.put(name, pins.pin(view));
          } else {
            files.add(FileTable.of(name, relation.schema(), pins.pin((FileRelation) relation)));
          }
        });
    if (!files.isEmpty()) {
      call.files(files);
    }
    Map<String, String> names = new LinkedHashMap<>();
    tilings.forEach(
        (name, tiling) -> names.put(name, call.table((ViewRelation) relations.get(name), tiling)));
    deadline.check();
    // One row more than allowed, so that too many are seen.
    Schema schema = call.run(names, limits.rows() + 1);
    return new SqlAnswer(
        call,
        schema,
        pins.footings(),
        call.undecided(),
        pins.receipt(),
        limits.rows(),
        deadline,
        settings.aheadBytes(),
        cleanup);
  }

  /** How many tables of views the processes keep. */
  public int tables() {
    return processes.tables();
  }

  /** How many queries may still start. */
  public int freePlaces() {
    return places.availablePermits();
  }

  @Override
  public void close() {
    processes.close();
    watchdog.close();
  }
}
