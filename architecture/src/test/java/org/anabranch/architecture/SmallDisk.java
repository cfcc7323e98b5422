// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of its own, of a size that a test can fill. Making one needs the right to mount.
 */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 1 << 12;

  private final Path directory;

  private SmallDisk(Path directory) {
    this.directory = directory;
  }

  /** Mounts one, or has the test skipped where that is not permitted. */
  static SmallDisk mount(Path directory, int megabytes) throws IOException {
    Files.createDirectories(directory);
    int status =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", directory.toString());
    Assumptions.assumeTrue(status == 0, "this process may not mount a file system");
    return new SmallDisk(directory);
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(List.of(command)).start().onExit().join().exitValue();
    } catch (IOException thereIsNoSuchCommand) {
      return -1;
    }
  }

  /** Writes one large file until so much is left. */
  void fill(long left) throws IOException {
    try (FileChannel ballast =
        FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (directory.toFile().getUsableSpace() > left) {
        ballast.write(ByteBuffer.allocate(BLOCK));
      }
    } catch (IOException full) {
      // That is what was wanted.
    }
  }

  /** Takes the right to write away; false while somebody writes. */
  boolean isProtected() {
    return run("mount", "-o", "remount,ro", directory.toString()) == 0;
  }

  /** The same where nobody writes. */
  void protect() {
    assertTrue(isProtected(), "somebody writes there");
  }

  /** Gives the right to write back. */
  void permit() {
    assertEquals(0, run("mount", "-o", "remount,rw", directory.toString()));
  }

  void makeRoom() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }

  @Override
  public void close() {
    run("umount", "-l", directory.toString());
  }
}
