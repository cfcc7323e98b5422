// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anabranch.view.Clock;
import org.anabranch.view.Step;

/**
 * Knows every task of a pipeline, how it fares, and what its end means. One that fails for a reason
 * that passes is tried again. One that ended for good makes the pipeline not ready; where it read a
 * stream's log, events of that stream are refused, since no answer would contain them. One that
 * died of an error of the machine ends the process: what else it broke nobody knows.
 */
final class Supervisor implements AutoCloseable {
  private final Scheduler scheduler;
  private final Clock clock;
  private final List<Supervised> tasks = new CopyOnWriteArrayList<>();

  /**
   * A task under supervision.
   *
   * @param retrying what tries it again, if something does
   * @param reads the stream whose log it reads, if it does
   */
  private record Supervised(
      Scheduler.Task task, Optional<Retrying> retrying, Optional<String> reads) {
    Optional<String> stopped() {
      return Optional.ofNullable(task.failure())
          .map(failure -> task.name() + " stopped: " + Failure.words(failure));
    }

    Optional<String> failing() {
      return retrying.flatMap(Retrying::failing);
    }

    Optional<String> away() {
      return retrying.filter(Retrying::isLogAway).flatMap(Retrying::failing);
    }
  }

  Supervisor(Scheduler scheduler, Clock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Runs a step whose failures pass by themselves. */
  void retried(String name, Step step) {
    Retrying retrying = new Retrying(name, step, clock);
    add(name, retrying, Optional.of(retrying), Optional.empty());
  }

  /** Runs a step that asks for a stream's log now and then: it notices when that is away. */
  void watch(String stream, String name, Step step) {
    Retrying retrying = new Retrying(name, step, clock);
    add(name, retrying, Optional.of(retrying), Optional.of(stream));
  }

  /** Runs a step that reads a stream's log. */
  void follow(String stream, String name, Step step) {
    Retrying retrying = Retrying.reading(name, step, clock);
    add(name, retrying, Optional.of(retrying), Optional.of(stream));
  }

  /** Runs a step that has no failure of its own. */
  void plain(String name, Step step) {
    add(name, step, Optional.empty(), Optional.empty());
  }

  private void add(String name, Step step, Optional<Retrying> retrying, Optional<String> reads) {
    tasks.add(new Supervised(scheduler.schedule(name, step), retrying, reads));
  }

  /** What fails now and is tried again, in words. */
  List<String> failing() {
    return tasks.stream().flatMap(task -> task.failing().stream()).toList();
  }

  /** What has ended for good, in words. */
  List<String> stopped() {
    return tasks.stream().flatMap(task -> task.stopped().stream()).toList();
  }

  /** Why no answer would contain what a stream takes until a restart, if that is so. */
  Optional<String> stopped(String stream) {
    return reading(stream).stream().flatMap(task -> task.stopped().stream()).findFirst();
  }

  /** Why no answer would contain what a stream takes now, if that is so. */
  Optional<String> obstacle(String stream) {
    return stopped(stream)
        .or(() -> reading(stream).stream().flatMap(task -> task.away().stream()).findFirst());
  }

  private List<Supervised> reading(String stream) {
    return tasks.stream().filter(task -> task.reads().equals(Optional.of(stream))).toList();
  }

  /** What the pipeline is not ready for: what has ended, and logs that cannot be read now. */
  List<String> waitingFor() {
    List<String> waiting = new ArrayList<>();
    for (Supervised task : tasks) {
      task.stopped().ifPresent(why -> waiting.add(why + "; it needs a restart"));
      if (task.reads().isPresent()) {
        task.away().ifPresent(waiting::add);
      }
    }
    return waiting;
  }

  /** Why the process has to end, if it has to. */
  Optional<String> fault() {
    return tasks.stream()
        .filter(task -> task.task().failure() instanceof Error)
        .flatMap(task -> task.stopped().stream())
        .findFirst();
  }

  /** Stops all tasks and waits for their current steps to end. */
  @Override
  public void close() {
    scheduler.close();
  }
}
