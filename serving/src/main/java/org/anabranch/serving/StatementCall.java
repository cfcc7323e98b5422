// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.serving.process.Frame;
import org.anabranch.serving.process.FrameReader;
import org.anabranch.serving.process.FrameWriter;
import org.anabranch.serving.process.QueryProcess;
import org.anabranch.view.Schema;
import org.anabranch.view.Tiling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of one statement: a process is taken, asked and given back, whatever happens.
 * One thread at a time.
 */
final class StatementCall implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatementCall.class);

  private final SqlProcesses processes;
  private final SqlProcess process;
  private final Deadline deadline;
  private final StatementGuard guard;
  private final List<ViewTables.Table> used = new ArrayList<>();
  private final Problems undecided = new Problems();
  private ViewTables tables;
  private boolean asked;
  private boolean over;
  private boolean lost;
  private volatile boolean unwanted;

  /** Guarded by this, so that nothing is said to a process that was given back. */
  private boolean closed;

  /** Takes a process. */
  StatementCall(SqlProcesses processes, Watchdog watchdog, Deadline deadline, CallOff callOff) {
    this.processes = processes;
    this.deadline = deadline;
    this.process = processes.take(deadline, callOff);
    this.tables = process.tables();
    this.guard = new StatementGuard(process.process(), watchdog, deadline.leftMillis());
    callOff.means(this::end);
  }

  /** Another thread wants it to end now. */
  private synchronized void end() {
    if (closed || unwanted) {
      return;
    }
    unwanted = true;
    guard.endWithin(0);
    try {
      process.process().channel().send(Frame.Kind.CANCEL);
    } catch (IOException e) {
      // It is gone, as whoever waits for its answer will find.
    }
  }

  /**
   * Has a statement looked at.
   *
   * @return the relations it needs, by the names of their tables
   */
  Map<String, Relation> relations(String sql, Catalog catalog) {
    checkWanted();
    send(Frame.Kind.STATEMENT, new FrameWriter().text(sql));
    Map<String, Relation> found = new LinkedHashMap<>();
    while (true) {
      Frame frame = receive();
      switch (frame.kind()) {
        case WANTED -> found(frame.reader().text(), catalog, found);
        case NEEDED -> {
          return needed(frame.reader(), found);
        }
        default -> throw nonsense(frame);
      }
    }
  }

  private void found(String name, Catalog catalog, Map<String, Relation> found) {
    Optional<Relation> relation = catalog.find(name);
    if (relation.isPresent()) {
      Relation one = relation.get();
      found.put(one.name(), one);
      send(Frame.Kind.RELATION, new FrameWriter().text(one.name()).schema(one.schema()));
    } else {
      List<String> names = catalog.relations().stream().map(Relation::name).toList();
      send(Frame.Kind.UNKNOWN, new FrameWriter().texts(names));
    }
  }

  private static Map<String, Relation> needed(FrameReader content, Map<String, Relation> found) {
    Map<String, Relation> needed = new LinkedHashMap<>();
    for (int left = content.number(); left > 0; left--) {
      needed.put(content.text(), found.get(content.text()));
    }
    return needed;
  }

  /** Lets the statement read files, in a database of its own: no table is kept there. */
  void files(List<FileTable> files) {
    FrameWriter content = new FrameWriter();
    FileTable.write(files, content);
    send(Frame.Kind.FILES, content);
    expect(Frame.Kind.LOADED);
    tables = process.tables().empty();
  }

  /**
   * Hands a view's rows over, if the process does not have them.
   *
   * @return the name of their table
   */
  String table(ViewRelation relation, Tiling tiling) {
    ViewTables.Table table = tables.acquire(relation.view(), tiling);
    used.add(table);
    while (!table.isLoaded()) {
      try {
        table.load(tiling, deadline, process.process().channel()::send);
      } catch (IOException e) {
        throw lost(e);
      }
      expect(Frame.Kind.LOADED);
      if (!table.loaded()) {
        send(Frame.Kind.DROP, table.drop());
        table.markMissed();
      }
    }
    undecided.addAll(table.undecided());
    return table.name();
  }

  /** The groups among the rows handed over for which HAVING cannot be decided. */
  Problems undecided() {
    return undecided;
  }

  /**
   * Runs the statement.
   *
   * @return the answer's schema
   */
  Schema run(Map<String, String> names, long mostRows) {
    FrameWriter content = new FrameWriter();
    content.longNumber(deadline.leftMillis()).longNumber(mostRows);
    names.forEach((table, name) -> content.text(table).text(name));
    send(Frame.Kind.RUN, content);
    return expect(Frame.Kind.COLUMNS).reader().schema();
  }

  /** The next rows of the answer, or empty after the last. */
  Optional<FrameReader> rows() {
    if (over) {
      return Optional.empty();
    }
    Frame frame = receive();
    return switch (frame.kind()) {
      case ROWS -> Optional.of(frame.reader());
      case DONE -> Optional.empty();
      default -> throw nonsense(frame);
    };
  }

  boolean isOver() {
    return over;
  }

  private Frame expect(Frame.Kind kind) {
    Frame frame = receive();
    if (frame.kind() != kind) {
      throw nonsense(frame);
    }
    return frame;
  }

  private void checkWanted() {
    if (unwanted) {
      throw CallOff.gone();
    }
  }

  private Frame receive() {
    try {
      Frame frame = process.process().channel().receive();
      over = frame.kind() == Frame.Kind.DONE || frame.kind() == Frame.Kind.PROBLEM;
      checkWanted();
      if (frame.kind() == Frame.Kind.PROBLEM) {
        throw problem(frame.reader());
      }
      return frame;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private void send(Frame.Kind kind, FrameWriter content) {
    try {
      asked = true;
      process.process().channel().send(kind, content);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private RuntimeException problem(FrameReader content) {
    String reason = content.text();
    String message = content.text();
    if (reason.equals(QueryWorker.FAULT)) {
      return new IllegalStateException("Cannot run a query: " + message);
    }
    Reason why = Reason.valueOf(reason);
    return why == Reason.TIMEOUT ? deadline.passed() : new ServingException(why, message);
  }

  private ServingException nonsense(Frame frame) {
    return lost(new IOException("it said " + frame.kind() + " where that makes no sense"));
  }

  /** What is said of a process that is no more, or cannot be understood. */
  private ServingException lost(IOException e) {
    lost = true;
    checkWanted();
    QueryProcess.Ending ending = process.process().ending();
    if (ending.cause() == QueryProcess.Cause.TIME) {
      return deadline.passed();
    }
    if (ending.cause() == QueryProcess.Cause.MEMORY) {
      return new ServingException(
          Reason.LIMIT,
          "Cannot run the query in the "
              + process.process().mostMegabytes()
              + " MB that a process for queries may take: ask for less, or filter earlier",
          e);
    }
    if (ending.cause() == QueryProcess.Cause.CLOSED) {
      return new ServingException(
          Reason.UNAVAILABLE, "Cannot go on with the query: the server is stopping", e);
    }
    LOG.warn("a process for queries is lost: {}; {}", e.getMessage(), ending.facts());
    return new ServingException(
        Reason.UNAVAILABLE,
        "Cannot go on with the query: the process that ran it ended unexpectedly, and nothing else"
            + " with it; ask again, and for less if it ends again",
        e);
  }

  /** Gives the process back. What is still running there is called off. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    boolean clean = false;
    try {
      clean = callOff() && drop();
    } finally {
      guard.close();
      processes.give(process, clean);
    }
  }

  private boolean callOff() {
    if (!asked || over || lost) {
      return !lost;
    }
    try {
      if (!unwanted) {
        guard.endWithin(0);
        process.process().channel().send(Frame.Kind.CANCEL);
      }
      while (!over) {
        Frame.Kind kind = process.process().channel().receive().kind();
        over = kind == Frame.Kind.DONE || kind == Frame.Kind.PROBLEM;
      }
      return true;
    } catch (IOException e) {
      // It did not hear, and was killed: another one takes its place.
      return false;
    }
  }

  /** Drops the tables that are not worth keeping; those of an own database are gone with it. */
  private boolean drop() {
    if (tables != process.tables()) {
      return true;
    }
    try {
      for (ViewTables.Table table : used) {
        for (ViewTables.Table dropped : table.release()) {
          process.process().channel().send(Frame.Kind.DROP, dropped.drop());
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
