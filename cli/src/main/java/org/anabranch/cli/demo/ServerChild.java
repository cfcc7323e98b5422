// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.cli.CommandException;
import org.anabranch.cli.client.Server;

/** A server in a process of its own, started as this one was. */
final class ServerChild implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Ready at (http://[^ ]+) .*");
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final Path errors;
  private final Server server;
  private final long startMillis;

  private ServerChild(Process process, Path errors, Server server, long startMillis) {
    this.process = process;
    this.errors = errors;
    this.server = server;
    this.startMillis = startMillis;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param port where it listens, 0 for a free port
   */
  static ServerChild start(Path pipeline, String architecture, Path data, int port)
      throws IOException {
    long began = System.nanoTime();
    Path errors = data.resolveSibling(data.getFileName() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command(pipeline, architecture, data, port));
    builder.environment().keySet().removeIf(name -> name.startsWith("ANABRANCH_"));
    builder.directory(data.getParent().toFile());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    Process process = builder.start();
    try {
      URI url = ready(process, errors);
      long millis = (System.nanoTime() - began) / 1_000_000;
      return new ServerChild(process, errors, new Server(url, Duration.ofMinutes(5)), millis);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static List<String> command(Path pipeline, String architecture, Path data, int port) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-Danabranch.terminals="))
        .forEach(command::add);
    // A server that lives for seconds spends them better than on the slower, better compiler.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.anabranch.cli.Main", "run", pipeline.toAbsolutePath().toString()));
    command.addAll(List.of("--architecture", architecture));
    command.addAll(List.of("--data", data.toAbsolutePath().toString()));
    command.addAll(List.of("--listen", "127.0.0.1:" + port));
    command.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
    return command;
  }

  private static URI ready(Process process, Path errors) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    try {
      String line =
          CompletableFuture.supplyAsync(
                  () -> lines.lines().filter(text -> READY.matcher(text).matches()).findFirst())
              .get(START_SECONDS, TimeUnit.SECONDS)
              .orElseThrow(() -> failed("it ended", errors));
      Matcher matcher = READY.matcher(line);
      if (!matcher.matches()) {
        throw failed("it said '" + line + "'", errors);
      }
      return URI.create(matcher.group(1));
    } catch (TimeoutException e) {
      throw failed("it was not ready after " + START_SECONDS + " s", errors);
    } catch (ExecutionException e) {
      throw new IOException("Cannot read what the server says: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot wait for the server: interrupted", e);
    }
  }

  private static CommandException failed(String what, Path errors) {
    String said = "";
    try {
      List<String> lines = Files.readAllLines(errors);
      said = String.join("\n  ", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    } catch (IOException e) {
      said = "its log cannot be read: " + e.getMessage();
    }
    return CommandException.failed("Cannot start a server: " + what + "\n  " + said);
  }

  Server server() {
    return server;
  }

  int port() {
    return server.url().getPort();
  }

  /** From the start of the process to ready. */
  long startMillis() {
    return startMillis;
  }

  /** Ends the process as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits until it ends by itself. */
  void await() throws InterruptedException {
    process.waitFor();
  }

  /** Ends the process as {@code kill} does and waits for it. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw failed("it did not stop within " + STOP_SECONDS + " s", errors);
    }
    return process.exitValue();
  }

  /** Leaves nothing behind. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      boolean unused = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
