// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The directory that holds everything durable, held by one process at a time. */
final class DataDirectory implements AutoCloseable {
  private static final String LAYOUT = "1";

  private final Path directory;
  private final FileChannel channel;

  private DataDirectory(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Takes hold of a directory, which is made where it does not exist.
   *
   * @throws RefusedException if it cannot be used: another process holds it, it cannot be written,
   *     or a newer program has laid it out
   */
  static DataDirectory hold(Path directory) throws RefusedException {
    try {
      Privacy.make(directory);
      return checked(lock(directory));
    } catch (IOException e) {
      throw refused(directory, reason(e) + "; make it writable or choose another with --data", e);
    }
  }

  private static DataDirectory checked(DataDirectory held) throws IOException, RefusedException {
    try {
      held.checkLayout();
      return held;
    } catch (IOException | RefusedException e) {
      held.close();
      throw e;
    }
  }

  private static RefusedException refused(Path directory, String facts, Throwable cause) {
    return new RefusedException(
        "Cannot use data directory " + directory.toAbsolutePath().normalize() + ": " + facts,
        cause);
  }

  private static String reason(IOException problem) {
    if (problem instanceof AccessDeniedException denied) {
      return "there is no right to write " + denied.getFile();
    }
    if (problem instanceof FileAlreadyExistsException taken) {
      return taken.getFile() + " is a file";
    }
    return problem.getMessage();
  }

  private static DataDirectory lock(Path directory) throws IOException, RefusedException {
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
      throw refused(
          directory,
          "process "
              + holder
              + " is using it; stop that process or choose another directory with --data",
          null);
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)),
        0);
    return new DataDirectory(directory, channel);
  }

  /** What lies where in the directory has a number, which a new one is given. */
  private void checkLayout() throws IOException, RefusedException {
    Path file = directory.resolve("layout");
    if (!Files.exists(file)) {
      Files.writeString(file, LAYOUT + "\n");
      return;
    }
    String found = Files.readString(file).strip();
    if (!found.equals(LAYOUT)) {
      throw refused(
          directory,
          "its layout is version '"
              + found
              + "', this program reads version "
              + LAYOUT
              + "; use the program that wrote it, or choose another directory with --data",
          null);
    }
  }

  /**
   * Refuses a directory of which nothing belongs to the declared streams, but something to others.
   *
   * @param known the streams that have something in the directory
   */
  void checkBelongs(List<String> known, List<String> declared) throws RefusedException {
    boolean none = known.stream().noneMatch(name -> containsIgnoringCase(declared, name));
    if (!known.isEmpty() && none) {
      throw refused(
          directory,
          "it holds the streams "
              + String.join(", ", known)
              + " of another pipeline, and none of "
              + String.join(", ", declared)
              + "; choose another directory with --data",
          null);
    }
  }

  static boolean containsIgnoringCase(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
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

  /** How far events were acknowledged: outside the log, to be there when that is not. */
  Path acknowledged() {
    return directory.resolve("acknowledged");
  }

  Path idempotency() {
    return directory.resolve("idempotency");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
