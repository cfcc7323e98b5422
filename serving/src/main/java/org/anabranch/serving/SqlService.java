// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Clock;
import org.anabranch.view.Receipt;
import org.anabranch.view.Tiling;
import org.duckdb.DuckDBConnection;

/**
 * Runs one SELECT over relations of a catalog, in DuckDB, behind the {@link Gate}. Any number of
 * threads may ask.
 */
public final class SqlService implements AutoCloseable {
  private final Catalog catalog;
  private final SqlSettings settings;
  private final Clock clock;
  private final Semaphore places;
  private final Parser parser;
  private final Workspace shared;
  private final ViewTables tables;
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
    this.parser = new Parser(settings);
    this.shared = Workspace.open(settings, List.of());
    this.tables = new ViewTables(shared, settings);
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
          "Cannot run the query now: " + settings.concurrent() + " are running; ask again soon");
    }
    Cleanup cleanup = new Cleanup();
    cleanup.add(places::release);
    try {
      return DeepStack.run(() -> answer(sql, limits, awaited, cleanup));
    } catch (RuntimeException | Error e) {
      cleanup.run();
      throw e;
    }
  }

  private Answer answer(
      String sql, QueryLimits limits, Optional<Receipt> awaited, Cleanup cleanup) {
    Deadline deadline = Deadline.ofQuery(clock, limits.timeoutMillis());
    Gate.Passed passed = Gate.pass(sql, parser.parse(sql), catalog);
    checkAvailable(passed.relations());
    awaited.ifPresent(receipt -> await(passed.relations(), receipt, deadline));
    return run(passed, limits, deadline, cleanup);
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

  private void await(Map<String, Relation> relations, Receipt receipt, Deadline deadline) {
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

  private Answer run(Gate.Passed passed, QueryLimits limits, Deadline deadline, Cleanup cleanup) {
    Pins pins = new Pins();
    cleanup.add(pins::close);
    Map<String, Tiling> tilings = new LinkedHashMap<>();
    Map<String, FilePin> files = new LinkedHashMap<>();
    passed
        .relations()
        .forEach(
            (name, relation) -> {
              if (relation instanceof ViewRelation view) {
                tilings.put(name, pins.pin(view));
              } else {
                files.put(name, pins.pin((FileRelation) relation));
              }
            });
    try {
      Workspace workspace = shared;
      ViewTables views = tables;
      if (!files.isEmpty()) {
        List<Path> paths = files.values().stream().flatMap(pin -> pin.files().stream()).toList();
        workspace = Workspace.open(settings, paths);
        cleanup.add(workspace::close);
        views = new ViewTables(workspace, settings);
      }
      for (Map.Entry<String, FilePin> file : files.entrySet()) {
        FileRelation relation = (FileRelation) passed.relations().get(file.getKey());
        workspace.createFileView(file.getKey(), relation, file.getValue());
      }
      Map<String, String> names = new HashMap<>();
      Problems undecided = new Problems();
      for (Map.Entry<String, Tiling> tiling : tilings.entrySet()) {
        ViewRelation relation = (ViewRelation) passed.relations().get(tiling.getKey());
        ViewTables.Table table = views.acquire(relation.view(), tiling.getValue(), deadline);
        cleanup.add(table::release);
        names.put(tiling.getKey(), table.name());
        undecided.addAll(table.undecided());
      }
      String text = parser.text(passed.tree(names));
      return execute(workspace, text, pins, undecided, limits, deadline, cleanup);
    } catch (SQLException e) {
      throw SqlErrors.of(e, deadline);
    }
  }

  private Answer execute(
      Workspace workspace,
      String sql,
      Pins pins,
      Problems undecided,
      QueryLimits limits,
      Deadline deadline,
      Cleanup cleanup)
      throws SQLException {
    deadline.check();
    DuckDBConnection connection = workspace.connect();
    cleanup.add(connection::close);
    // A failed statement closes itself, and closing the connection closes what is left.
    Statement statement = connection.createStatement();
    StatementLimit limit = new StatementLimit(statement, watchdog, deadline.leftMillis());
    try {
      ResultSet result = statement.executeQuery(sql);
      return new SqlAnswer(
          result, pins.footings(), undecided, pins.receipt(), limits.rows(), deadline, cleanup);
    } finally {
      limit.close();
    }
  }

  /** How many tables of views are kept in DuckDB. */
  public int tables() {
    return tables.size();
  }

  /** How many queries may still start. */
  public int freePlaces() {
    return places.availablePermits();
  }

  @Override
  public void close() {
    watchdog.close();
    shared.close();
    parser.close();
  }
}
