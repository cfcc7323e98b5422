// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link ChildServer} and its process. */
final class Child implements AutoCloseable {
  private final Process process;
  private final Client client;

  private Child(Process process, Client client) {
    this.process = process;
    this.client = client;
  }

  static Child start(String architecture, Path sql, Path data, Path log) throws IOException {
    return start("-Xmx768m", architecture, sql, data, log);
  }

  static Child start(String heap, String architecture, Path sql, Path data, Path log)
      throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    heap,
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.util.logging.config.file="
                        + Path.of("src/test/resources/logging.properties").toAbsolutePath(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    ChildServer.class.getName(),
                    architecture,
                    sql.toString(),
                    data.toString()))
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("URL ")) {
      throw new IOException("The server said '" + line + "'; its log is " + log);
    }
    return new Child(process, new Client(line.substring(4)));
  }

  Client client() {
    return client;
  }

  /** As {@code kill -SIGNAL} does. */
  void signal(String signal) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + signal + " ended with " + code);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void awaitReady(Duration patience) throws Exception {
    Instant deadline = Instant.now().plus(patience);
    while (!client.isReady()) {
      if (!process.isAlive()) {
        throw new IOException("The server died while starting, with " + process.exitValue());
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IOException("The server is not ready after " + patience);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("The server did not stop within a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
