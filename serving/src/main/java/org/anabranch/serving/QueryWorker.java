// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import org.anabranch.serving.process.Frame;
import org.anabranch.serving.process.FrameChannel;
import org.anabranch.serving.process.FrameReader;
import org.anabranch.serving.process.FrameWriter;
import org.anabranch.view.Clock;

/** Runs the statements of a query process, one after another. */
final class QueryWorker {
  /** In the place of a reason: what failed is a fault of ours. */
  static final String FAULT = "FAULT";

  private final FrameChannel server;
  private final Inbox inbox;
  private final Watchdog watchdog;
  private final Clock clock;

  QueryWorker(FrameChannel server, Inbox inbox, Watchdog watchdog, Clock clock) {
    this.server = server;
    this.inbox = inbox;
    this.watchdog = watchdog;
    this.clock = clock;
  }

  /** Runs until the process ends, or what is sent makes no sense. */
  void run() throws IOException, InterruptedException, SQLException {
    FrameReader hello = inbox.next().reader();
    int version = hello.number();
    if (version != Frame.VERSION) {
      throw new IllegalStateException("Cannot speak version " + version);
    }
    SqlSettings settings = settings(hello.number(), hello.number());
    try (Parser parser = new Parser(settings);
        Workspace shared = Workspace.open(settings, List.of())) {
      server.send(Frame.Kind.READY, new FrameWriter().number(Frame.VERSION));
      while (true) {
        Frame frame = inbox.next();
        switch (frame.kind()) {
          case STATEMENT -> statement(parser, shared, settings, frame.reader().text());
          case DROP -> shared.drop(frame.reader());
          case CANCEL -> {} // It came when the statement was over.
          default -> throw new IllegalStateException("Cannot take " + frame.kind() + " now");
        }
      }
    }
  }

  /**
   * Of all settings a process knows those of its databases; the others are the server's to keep.
   */
  private static SqlSettings settings(int memoryMegabytes, int threads) {
    return new SqlSettings(1, 0, 0, memoryMegabytes, threads, 1, 0, 0, 0);
  }

  private void statement(Parser parser, Workspace shared, SqlSettings settings, String sql)
      throws IOException, InterruptedException {
    Cleanup cleanup = new Cleanup();
    Problem problem = null;
    try {
      new StatementRun(server, inbox, watchdog, clock, parser, shared, settings, cleanup).run(sql);
    } catch (Inbox.Cancelled e) {
      // Nobody wants to know.
    } catch (ServingException e) {
      problem = new Problem(e.reason().name(), e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      problem = fault(e);
    }
    try {
      cleanup.run();
    } catch (RuntimeException e) {
      problem = fault(e);
    }
    if (problem == null) {
      server.send(Frame.Kind.DONE);
    } else {
      server.send(
          Frame.Kind.PROBLEM, new FrameWriter().text(problem.reason()).text(problem.message()));
    }
  }

  private record Problem(String reason, String message) {}

  private static Problem fault(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return new Problem(FAULT, trace.toString());
  }
}
