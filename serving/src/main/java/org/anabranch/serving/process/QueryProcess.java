// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs one statement at a time. Whatever happens in it, what happens to others is
 * that its frames end.
 */
public final class QueryProcess {
  private static final long LOOK_MILLIS = 2;
  private static final int MOST_ERRORS = 2_000;

  /** Why a process was killed. */
  public enum Cause {
    /** The time of its statement has passed. */
    TIME,
    /** It took more memory than it may. */
    MEMORY,
    /** It is not needed any more. */
    CLOSED
  }

  private final Process process;
  private final Path directory;
  private final ProcessLimits limits;
  private final FrameChannel channel;
  private volatile Cause cause;
  private volatile boolean ready;
  private volatile long seenMegabytes;

  QueryProcess(Process process, Path directory, ProcessLimits limits) {
    this.process = process;
    this.directory = directory;
    this.limits = limits;
    this.channel = new FrameChannel(process.getInputStream(), process.getOutputStream());
  }

  /** What is said to it and what it says; ends when the process does. */
  public FrameChannel channel() {
    return channel;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until the process takes statements.
   *
   * @return whether it does, after the given time at the latest
   * @throws IOException if it ended, or is of another version
   */
  public boolean awaitReady(long millis) throws IOException, InterruptedException {
    for (long waited = 0; !ready; waited += LOOK_MILLIS) {
      if (channel.hasBegun()) {
        checkReady(channel.receive());
      } else if (process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IOException("it ended with code " + process.exitValue() + errors());
      } else if (waited >= millis) {
        return false;
      }
    }
    return true;
  }

  private void checkReady(Frame frame) throws IOException {
    int version = frame.kind() == Frame.Kind.READY ? frame.reader().number() : -1;
    if (version != Frame.VERSION) {
      throw new IOException("it speaks version " + version + ", not " + Frame.VERSION);
    }
    ready = true;
  }

  /** Whether it takes statements. */
  public boolean isReady() {
    return ready;
  }

  private String errors() {
    String errors;
    try {
      errors = Files.readString(directory.resolve("errors"), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
    return errors.isEmpty()
        ? ""
        : ": " + errors.substring(0, Math.min(errors.length(), MOST_ERRORS));
  }

  /** Whether it has more memory than it may. */
  public boolean isTooLarge() {
    return taken() > limits.megabytes();
  }

  private long taken() {
    OptionalLong taken = ResidentMemory.megabytes(pid());
    taken.ifPresent(megabytes -> seenMegabytes = megabytes);
    return taken.orElse(0);
  }

  /** Whether so much memory stays with it that another one should take the next statement. */
  public boolean isWornOut() {
    return taken() > nearlyAll();
  }

  private int nearlyAll() {
    return limits.megabytes() / 4 * 3;
  }

  /** The most memory it may have, in megabytes. */
  public int mostMegabytes() {
    return limits.megabytes();
  }

  /** Ends it, whatever it does; the first cause counts. */
  public synchronized void kill(Cause why) {
    if (cause == null && process.isAlive()) {
      cause = why;
    }
    // Not Process.destroy: that would close the streams under the thread that reads them.
    process.toHandle().destroyForcibly();
  }

  /** Kills it and forgets it: its directory and streams are gone afterwards. */
  public void discard() throws IOException {
    kill(Cause.CLOSED);
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        // A killed process ends, unless the system itself hangs.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    Scratch.remove(directory);
  }

  /** Why it ended, in words, and whether its memory was why. */
  public Ending ending() {
    try {
      // Its frames may end just before it does.
      if (!process.waitFor(1, TimeUnit.SECONDS)) {
        return new Ending(cause, "it does not speak any more");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ending(cause, "waiting for it was interrupted");
    }
    int code = process.exitValue();
    // 3 is the JVM's when its heap is full; a process that the system gave no more just ends.
    boolean full = code == 3 || seenMegabytes > nearlyAll();
    Cause why = cause == null && full ? Cause.MEMORY : cause;
    return new Ending(why, "it ended with code " + code + errors());
  }

  /**
   * How a process ended.
   *
   * @param cause why it was ended; null if it did so by itself
   * @param facts for the log
   */
  public record Ending(Cause cause, String facts) {}
}
