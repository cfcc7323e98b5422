// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Step;
import org.junit.jupiter.api.Test;

final class SupervisorTest {
  /** Runs steps when the test says so. */
  static final class ByHand implements Scheduler {
    private final List<HandTask> scheduled = new ArrayList<>();

    private static final class HandTask implements Task {
      private final String name;
      private final Step step;
      private Throwable failure;

      HandTask(String name, Step step) {
        this.name = name;
        this.step = step;
      }

      @Override
      public String name() {
        return name;
      }

      @Override
      public Throwable failure() {
        return failure;
      }

      @Override
      public void stop() {}
    }

    @Override
    public Task schedule(String name, Step step) {
      HandTask task = new HandTask(name, step);
      scheduled.add(task);
      return task;
    }

    @Override
    public List<Task> tasks() {
      return List.copyOf(scheduled);
    }

    void turn() {
      for (HandTask task : scheduled) {
        if (task.failure == null) {
          try {
            task.step.step();
          } catch (Exception | Error e) {
            task.failure = e;
          }
        }
      }
    }

    @Override
    public void close() {}
  }

  private final ByHand scheduler = new ByHand();
  private final ManualClock clock = new ManualClock(0);
  private final Supervisor supervisor = new Supervisor(scheduler, clock);

  /** A step that fails as it is told. */
  private static final class Told implements Step {
    private Throwable failure;

    @Override
    public int step() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (Exception) failure;
      }
      return 1;
    }
  }

  @Test
  void aTailThatEndedForGoodIsNamedAndItsStreamHasAnObstacle() {
    Told tail = new Told();
    supervisor.follow("orders", "tail orders 0", tail);
    supervisor.follow("others", "tail others 0", new Told());
    scheduler.turn();
    assertEquals(List.of(), supervisor.waitingFor());
    assertEquals(Optional.empty(), supervisor.obstacle("orders"));
    tail.failure = new IllegalStateException("the place is lost");
    scheduler.turn();
    String why = "tail orders 0 stopped: java.lang.IllegalStateException: the place is lost";
    assertEquals(List.of(why), supervisor.stopped());
    assertEquals(Optional.of(why), supervisor.stopped("orders"));
    assertEquals(Optional.of(why), supervisor.obstacle("orders"));
    assertEquals(Optional.empty(), supervisor.obstacle("others"));
    assertEquals(List.of(why + "; it needs a restart"), supervisor.waitingFor());
    assertEquals(Optional.empty(), supervisor.fault());
  }

  @Test
  void aLogThatIsAwayIsAnObstacleUntilItIsBack() {
    Told tail = new Told();
    supervisor.follow("orders", "tail orders 0", tail);
    tail.failure = new LogUnavailableException("Cannot reach the log");
    scheduler.turn();
    assertEquals(List.of("tail orders 0: Cannot reach the log"), supervisor.waitingFor());
    assertEquals(Optional.empty(), supervisor.stopped("orders"));
    assertTrue(supervisor.obstacle("orders").isPresent());
    tail.failure = null;
    clock.advance(1_000);
    scheduler.turn();
    assertEquals(List.of(), supervisor.waitingFor());
    assertEquals(Optional.empty(), supervisor.obstacle("orders"));
  }

  @Test
  void aFullDiskIsSaidAndDoesNotMakeThePipelineUnready() {
    Told archive = new Told();
    supervisor.retried("archive orders", archive);
    archive.failure = new IOException("No space left");
    scheduler.turn();
    assertEquals(1, supervisor.failing().size());
    assertEquals(List.of(), supervisor.waitingFor());
    assertEquals(Optional.empty(), supervisor.obstacle("orders"));
  }

  @Test
  void anErrorOfTheMachineEndsTheProcess() {
    Told compactor = new Told();
    supervisor.plain("compact orders", compactor);
    compactor.failure = new OutOfMemoryError("Java heap space");
    scheduler.turn();
    assertEquals(
        Optional.of("compact orders stopped: java.lang.OutOfMemoryError: Java heap space"),
        supervisor.fault());
  }
}
