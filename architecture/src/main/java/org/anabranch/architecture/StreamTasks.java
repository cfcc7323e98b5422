// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anabranch.view.Clock;
import org.anabranch.view.Step;

/** The steps of one stream under the scheduler; most of them are tried again when they fail. */
final class StreamTasks {
  private final String stream;
  private final Scheduler scheduler;
  private final Clock clock;
  private final List<Retrying> retries = new CopyOnWriteArrayList<>();

  StreamTasks(String stream, Scheduler scheduler, Clock clock) {
    this.stream = stream;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** A step whose failures pass by themselves. */
  void retried(String task, Step step) {
    schedule(new Retrying(task + " " + stream, step, clock));
  }

  /** A step that reads the log. */
  void follow(int partition, Step tail) {
    schedule(Retrying.reading("tail " + stream + " " + partition, tail, clock));
  }

  /** A step that has no failure of its own. */
  void plain(String task, Step step) {
    scheduler.schedule(task + " " + stream, step);
  }

  private void schedule(Retrying retrying) {
    retries.add(retrying);
    scheduler.schedule(retrying.name(), retrying);
  }

  /** What fails now and is tried again, in words. */
  List<String> failing() {
    return retries.stream().flatMap(retrying -> retrying.failing().stream()).toList();
  }
}
