// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command line as a process of its own. */
record CommandProcess(Process process, Path out, Path err) implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("Ready at (http://127\\.0\\.0\\.1:[0-9]+) as ([a-z]+) after .*");

  /** Starts a command that works in a directory, where what it says is kept too. */
  static CommandProcess start(Path directory, Map<String, String> environment, List<String> words)
      throws IOException {
    return start(directory, List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"), environment, words);
  }

  /** The same with other flags of Java. */
  static CommandProcess start(
      Path directory, List<String> java, Map<String, String> environment, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(java);
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    command.addAll(flags(Runtime.version().feature()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.anabranch.cli.Main"));
    command.addAll(words);
    Path out = Files.createTempFile(directory, words.get(0), ".out");
    Path err = Files.createTempFile(directory, words.get(0), ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new CommandProcess(builder.start(), out, err);
  }

  /** What the launcher says to a Java of that version, which would warn otherwise. */
  private static List<String> flags(int version) {
    List<String> flags = new ArrayList<>();
    if (version >= 22) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    if (version >= 24) {
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
  }

  String said() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }

  int ended() throws InterruptedException, IOException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends; it said: " + said());
    return process.exitValue();
  }

  /** Waits for the line by which a server says that it is ready; gives the URL. */
  String ready(String architecture) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && process.isAlive()) {
      Matcher line = READY.matcher(Files.readString(out).strip());
      if (line.matches()) {
        assertEquals(architecture, line.group(2));
        return line.group(1);
      }
      Thread.sleep(10);
    }
    throw new AssertionError("not ready; it said: " + said());
  }

  /** What was started in the background of a shell is told to ignore SIGINT, and so are its own. */
  boolean hearsInterrupts() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return true;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        long ignored = Long.parseUnsignedLong(line.substring(7).strip(), 16);
        return (ignored & 2) == 0;
      }
    }
    return true;
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
