// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the shipped command takes from its call to the line that says it is ready: on an empty
 * directory, and after a kill in the middle of ingest; beside a Java that does nothing, in the same
 * round, and with threads that compute meanwhile if that is asked for. Then what it takes while
 * nobody asks it for anything.
 */
final class StartBenchmark implements Benchmark {
  private static final int BODIES_BEFORE_KILL = 100;
  private static final int EVENTS_OF_A_BODY = 1_000;
  private static final long IDLE_SECONDS = 20;
  private static final long PATIENCE_SECONDS = 300;

  @Override
  public void run(Settings settings, PrintStream out) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    for (int i = 0; i < settings.busy(); i++) {
      Thread thread = new Thread(() -> compute(over), "busy-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    try {
      for (int round = 0; round < settings.rounds(); round++) {
        round(settings, out);
      }
    } finally {
      over.set(true);
    }
  }

  private static void compute(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
  }

  private static void round(Settings settings, PrintStream out) throws Exception {
    double nothing = nothing();
    try (Scratch scratch = Scratch.create()) {
      Path data = scratch.path();
      Started empty = Started.of(settings, data);
      String url = empty.url();
      String idle;
      try {
        idle = settings.busy() == 0 ? idle(empty.process()) : "";
        send(settings, url);
      } finally {
        empty.kill();
      }
      Started crashed = Started.of(settings, data);
      crashed.kill();
      out.printf(
          Locale.ROOT,
          "java that does nothing %.2f s; ready on an empty directory %.2f s (%.0f times);"
              + " after a kill in mid stream %.2f s (%.0f times)%s%n",
          nothing,
          empty.seconds(),
          empty.seconds() / nothing,
          crashed.seconds(),
          crashed.seconds() / nothing,
          idle);
    }
  }

  /** The time of {@code java -version}. */
  private static double nothing() throws Exception {
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(java(), "-version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("java -version ended with " + process.exitValue());
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void send(Settings settings, String url) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (byte[] event : new Flights(settings.flights()).events(EVENTS_OF_A_BODY)) {
      lines.append(new String(event, StandardCharsets.UTF_8)).append('\n');
    }
    String body = lines.toString();
    HttpClient http = HttpClient.newHttpClient();
    for (int i = 0; i < BODIES_BEFORE_KILL; i++) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(url + "/v1/streams/flights/events"))
                  .header("Content-Type", "application/x-ndjson")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
    }
  }

  /** Processor time and memory of a server that nobody asks. */
  private static String idle(Process server) throws Exception {
    long before = cpuNanos(server);
    if (server.waitFor(IDLE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the server ended");
    }
    double share = (cpuNanos(server) - before) / 1e9 / IDLE_SECONDS;
    Path status = Path.of("/proc", Long.toString(server.pid()), "status");
    String memory =
        Files.exists(status)
            ? ", "
                + Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                    / 1024
                + " MB resident"
            : "";
    return String.format(Locale.ROOT, "; idle: %.1f %% of one processor%s", 100 * share, memory);
  }

  private static long cpuNanos(Process process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  /**
   * A server that is ready.
   *
   * @param process the server's, which takes the launcher's place
   * @param url where it answers
   * @param seconds from the call to the line that says so
   */
  private record Started(Process process, String url, double seconds) {
    static Started of(Settings settings, Path data) throws Exception {
      Path house = settings.flights().toAbsolutePath().getParent().getParent();
      long began = System.nanoTime();
      Process process =
          new ProcessBuilder(
                  house.resolve("anabranch").toString(),
                  "run",
                  settings.flights().resolve("pipeline.sql").toAbsolutePath().toString(),
                  "--data",
                  data.resolve("d").toString(),
                  "--listen",
                  "127.0.0.1:0")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String line = process.inputReader(StandardCharsets.UTF_8).readLine();
      double seconds = (System.nanoTime() - began) / 1e9;
      if (line == null || !line.startsWith("Ready at ") || seconds > PATIENCE_SECONDS) {
        process.destroyForcibly();
        throw new IOException("the server said '" + line + "' after " + seconds + " s");
      }
      return new Started(process, line.split(" ", 4)[2], seconds);
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }
}
