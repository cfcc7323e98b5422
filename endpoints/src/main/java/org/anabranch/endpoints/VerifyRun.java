// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.anabranch.architecture.VerifyReport;
import org.anabranch.architecture.VerifyWatch;

/** One verification, from its start to what it found. */
final class VerifyRun implements VerifyWatch {
  private final long id;
  private final List<String> views;
  private volatile boolean stopped;

  // Guarded by this.
  private final List<VerifyReport> reports = new ArrayList<>();
  private State state = State.RUNNING;
  private String view = "";
  private long positions;
  private long wantedPositions;
  private HttpProblem problem;

  private enum State {
    RUNNING,
    DONE,
    FAILED
  }

  VerifyRun(long id, List<String> views) {
    this.id = id;
    this.views = List.copyOf(views);
  }

  long id() {
    return id;
  }

  synchronized boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Recomputes all views, one after the other. */
  void run(Verifications.Recomputation recomputation, Function<Exception, HttpProblem> explained) {
    State end = State.FAILED;
    try {
      for (String next : views) {
        add(recomputation.of(next, this));
      }
      end = State.DONE;
    } catch (Exception e) {
      fail(explained.apply(e));
    } finally {
      end(end);
    }
  }

  private synchronized void add(VerifyReport report) {
    reports.add(report);
  }

  private synchronized void fail(HttpProblem why) {
    problem = why;
  }

  private synchronized void end(State how) {
    state = how;
  }

  void stop() {
    stopped = true;
  }

  @Override
  public synchronized void begins(String next, long wanted) {
    view = next;
    wantedPositions = wanted;
    positions = 0;
  }

  @Override
  public synchronized void advanced(long rows) {
    positions += rows;
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  /** What is told of it: how far it is, and when it is done what it found. */
  synchronized Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("verification", id);
    document.put("state", state);
    document.put("views", views);
    if (state == State.RUNNING) {
      document.put("view", view);
      document.put("positions", positions);
      document.put("wantedPositions", wantedPositions);
    }
    if (state == State.DONE) {
      document.put("identical", reports.stream().allMatch(VerifyReport::identical));
    }
    document.put("reports", reports.stream().map(VerifyRun::report).toList());
    if (problem != null) {
      document.put("problem", problem.document());
    }
    return document;
  }

  private static Map<String, Object> report(VerifyReport report) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("view", report.view());
    entry.put("identical", report.identical());
    entry.put("receipt", report.receipt().token());
    entry.put("positionsFromLog", report.positionsFromLog());
    entry.put("positionsFromLake", report.positionsFromLake());
    entry.put("rows", report.rows());
    entry.put("groups", report.groups());
    entry.put("difference", report.difference());
    entry.put("durationMillis", report.durationMillis());
    return entry;
  }
}
