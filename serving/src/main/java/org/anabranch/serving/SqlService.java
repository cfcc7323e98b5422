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
   * @param awaited what the answer must account for at least; waiting for it takes no place
   * @throws ServingException if there is no answer
   */
  public Answer query(String sql, QueryLimits limits, Optional<Receipt> awaited) {
    Deadline deadline = Deadline.ofQuery(clock, limits.timeoutMillis());
    CallOff never = new CallOff();
    awaited.ifPresent(receipt -> awaited(sql, receipt, deadline, never).await(deadline));
    return query(sql, limits, deadline, never);
  }

  /**
   * Runs a query.
   *
   * @param callOff ends it when nobody waits for its answer any more
   * @throws ServingException if there is no answer
   */
  public Answer query(String sql, QueryLimits limits, CallOff callOff) {
    return query(sql, limits, Deadline.ofQuery(clock, limits.timeoutMillis()), callOff);
  }

  private Answer query(String sql, QueryLimits limits, Deadline deadline, CallOff callOff) {
    Cleanup cleanup = place();
    try {
      StatementCall call = new StatementCall(processes, watchdog, deadline, callOff);
      cleanup.add(call::close);
      Map<String, Relation> relations = call.relations(sql, catalog);
      checkAvailable(relations);
      return run(call, relations, limits, deadline, cleanup);
    } catch (RuntimeException | Error e) {
      cleanup.run();
      throw e;
    }
  }

  /** A place among those that may be there at once, until the clean-up. */
  private Cleanup place() {
    if (!places.tryAcquire()) {
      throw new ServingException(
          Reason.BUSY,
          "Cannot run the query now: "
              + settings.concurrent()
              + " are running or waiting; ask again soon");
    }
    Cleanup cleanup = new Cleanup();
    cleanup.add(places::release);
    return cleanup;
  }

  /**
   * What a statement reads, which is to be waited for. No place and no process waits with it.
   *
   * @throws ServingException if the statement is refused, or reads nothing of the receipt
   */
  public Awaited awaited(String sql, Receipt receipt, QueryLimits limits, CallOff callOff) {
    return awaited(sql, receipt, Deadline.ofQuery(clock, limits.timeoutMillis()), callOff);
  }

  private Awaited awaited(String sql, Receipt receipt, Deadline deadline, CallOff callOff) {
    Cleanup cleanup = place();
    Map<String, Relation> relations;
    try (StatementCall call = new StatementCall(processes, watchdog, deadline, callOff)) {
      relations = call.relations(sql, catalog);
    } finally {
      cleanup.run();
    }
    checkAvailable(relations);
    return new Awaited(receipt, relations.values());
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
