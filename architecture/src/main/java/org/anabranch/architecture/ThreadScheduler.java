// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.anabranch.view.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread a step. A step that has nothing to do is tried again after a short pause. */
public final class ThreadScheduler implements Scheduler {
  private static final Logger LOG = LoggerFactory.getLogger(ThreadScheduler.class);
  private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

  private final List<RunningTask> tasks = new CopyOnWriteArrayList<>();
  private boolean closed;

  /** What a step schedules while this closes is not run. */
  @Override
  public synchronized Task schedule(String name, Step step) {
    RunningTask task = new RunningTask(name, step);
    tasks.add(task);
    if (!closed) {
      task.thread.start();
    }
    return task;
  }

  @Override
  public List<Task> tasks() {
    return List.copyOf(tasks);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    tasks.forEach(RunningTask::ask);
    tasks.forEach(RunningTask::stop);
  }

  private static final class RunningTask implements Task {
    private final String name;
    private final Step step;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile Throwable failure;

    RunningTask(String name, Step step) {
      this.name = name;
      this.step = step;
      this.thread = new Thread(this::run, name);
      this.thread.setDaemon(true);
    }

    private void run() {
      long pause = SHORTEST_PAUSE;
      while (!stopping) {
        try {
          if (step.step() > 0) {
            pause = SHORTEST_PAUSE;
          } else {
            LockSupport.parkNanos(this, pause);
            pause = Math.min(LONGEST_PAUSE, pause * 2);
          }
        } catch (Exception | Error e) {
          failure = e;
          LOG.error("{} stopped: {}", name, e.toString(), e);
          return;
        }
      }
    }

    void ask() {
      stopping = true;
      LockSupport.unpark(thread);
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
    public void stop() {
      ask();
      boolean interrupted = false;
      while (thread.isAlive() && thread != Thread.currentThread()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
