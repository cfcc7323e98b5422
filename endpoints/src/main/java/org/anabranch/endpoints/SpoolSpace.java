// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The room that bodies and answers on their way share: some memory, and files without a name. Both
 * are bounded over all requests together.
 */
final class SpoolSpace {
  private final Path directory;
  private final AtomicLong memory;
  private final AtomicLong disk;

  /**
   * @param directory where files are made; created when the first one is
   */
  SpoolSpace(Path directory, long memoryBytes, long diskBytes) {
    this.directory = directory;
    this.memory = new AtomicLong(memoryBytes);
    this.disk = new AtomicLong(diskBytes);
  }

  /** There is no room now; it comes back when others are done. */
  static final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRoomException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  boolean takeMemory(long bytes) {
    return take(memory, bytes);
  }

  void giveMemory(long bytes) {
    memory.addAndGet(bytes);
  }

  void takeDisk(long bytes) throws NoRoomException {
    if (!take(disk, bytes)) {
      throw new NoRoomException("other requests take all the room there is; ask again soon", null);
    }
  }

  void giveDisk(long bytes) {
    disk.addAndGet(bytes);
  }

  private static boolean take(AtomicLong left, long bytes) {
    return left.getAndUpdate(now -> now >= bytes ? now - bytes : now) >= bytes;
  }

  /** How many bytes of memory and of files are free; for tests. */
  long free() {
    return memory.get() + disk.get();
  }

  /** A new file that is gone when it is closed, or when the process ends. */
  FileChannel file() throws NoRoomException {
    try {
      Files.createDirectories(directory);
      return FileChannel.open(
          directory.resolve("spool-" + UUID.randomUUID()),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw new NoRoomException("no scratch file can be made: " + PathText.without(e), e);
    }
  }
}
