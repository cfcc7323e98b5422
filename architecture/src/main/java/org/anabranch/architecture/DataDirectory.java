// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The directory that holds everything durable, held by one process at a time. */
final class DataDirectory implements AutoCloseable {
  private final Path directory;
  private final FileChannel channel;

  private DataDirectory(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes hold of a directory, which is made where it does not exist.
   *
   * @throws RefusedException if another process holds it
   */
  static DataDirectory hold(Path directory) throws IOException, RefusedException {
    Files.createDirectories(directory);
    Path lockFile = directory.resolve("lock");
    FileChannel channel =
        FileChannel.open(
            lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      lock = null;
    }
    if (lock == null) {
      String holder = holder(channel);
      channel.close();
      throw new RefusedException(
          "Cannot use data directory "
              + directory.toAbsolutePath().normalize()
              + ": process "
              + holder
              + " is using it; stop that process or choose another directory with --data");
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)),
        0);
    return new DataDirectory(directory, channel);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(32);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
  }

  Path log() {
    return directory.resolve("log");
  }

  Path lake() {
    return directory.resolve("lake");
  }

  /** What does not outlive the process. */
  Path scratch() {
    return directory.resolve("scratch");
  }

  Path idempotency() {
    return directory.resolve("idempotency");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
