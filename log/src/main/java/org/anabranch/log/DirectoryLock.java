// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a directory to one broker, over all processes. The operating system drops the lock with the
 * process, however it ends.
 */
final class DirectoryLock implements AutoCloseable {
  /** Of this process: the lock is the process's, and opening its file twice would lose it. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * @throws LogUnavailableException if another broker has the directory
   */
  static DirectoryLock of(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw inUse(directory);
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel =
          FileChannel.open(
              real.resolve("anabranch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      if (lock == null) {
        throw inUse(directory);
      }
      return new DirectoryLock(real, channel);
    } finally {
      if (lock == null) {
        HELD.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static LogUnavailableException inUse(Path directory) {
    return new LogUnavailableException(
        "Cannot start the embedded log in "
            + directory
            + ": another broker is using this directory; stop the process that runs it, or use"
            + " another directory");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new LogUnavailableException("Cannot unlock " + directory, e);
    } finally {
      HELD.remove(directory);
    }
  }
}
