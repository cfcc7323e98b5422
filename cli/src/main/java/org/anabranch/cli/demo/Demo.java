// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.anabranch.cli.client.BatchRuns;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.client.Verification;
import org.anabranch.cli.output.Numbers;

/**
 * The main job, step by step. Each step says what it does and checks what it claims; what is
 * expected comes from {@link Expected}, a plain loop.
 */
final class Demo implements AutoCloseable {
  private static final int REPEATED_PIECES = 3;

  private final Narrator narrator;
  private final Path pipeline;
  private final Path directory;
  private final String first;
  private final String second;
  private final Flights flights;
  private final Acts acts;
  private final Expected expected;

  private ServerChild child;
  private ServerChild fresh;
  private Feed feed;

  Demo(Narrator narrator, Path pipeline, Path directory, String architecture, Flights flights) {
    this.narrator = narrator;
    this.pipeline = pipeline;
    this.directory = directory;
    this.first = architecture;
    this.second = architecture.equals("lambda") ? "kappa" : "lambda";
    this.flights = flights;
    this.acts = Acts.of(flights);
    this.expected = new Expected(flights);
  }

  /** Plays all steps. */
  void play() throws IOException, InterruptedException {
    speedAlone();
    handOver();
    lateDay();
    killed();
    sameDirectoryUnderTheOther();
    freshUnderTheOther();
    verified();
  }

  /** The server that stays up. */
  ServerChild child() {
    return child;
  }

  private Answers answers() {
    return new Answers(child.server());
  }

  private Path data() {
    return directory.resolve("data");
  }

  private void speedAlone() throws IOException {
    narrator.step("Flights come in; the speed layer alone answers");
    child = ServerChild.start(pipeline, first, data(), 0);
    narrator.check(
        true,
        "started as " + first + " in an empty directory, ready after " + time(child.startMillis()));
    feed = new Feed(flights, child.server());
    long began = System.nanoTime();
    send(0, acts.midnight());
    narrator.check(
        answers().totals().path("flights").asLong() == acts.midnight(),
        grouped(acts.midnight())
            + " flights acknowledged and in the answers after "
            + since(began));
    narrator.say("who answers: " + answers().segments());
    narrator.rows(answers().delays(acts.airport(), day(-2), day(-1)));
    checkAgainstLoop();
  }

  private void send(int from, int to) throws IOException {
    feed.send(from, to);
    feed.awaitVisible();
    expected.add(from, to);
  }

  private void checkAgainstLoop() throws IOException {
    Optional<String> difference = expected.difference(answers().delays());
    narrator.check(
        difference.isEmpty(),
        difference.orElse(
            "all "
                + grouped(expected.groups())
                + " rows of view delays equal a plain loop over the file"));
    String totals = Expected.totals(answers().totals());
    narrator.check(totals.equals(expected.totals()), "view totals equals it too: " + totals);
  }

  private void handOver() throws IOException {
    ArrayNode before = answers().delays();
    boolean batch = first.equals("lambda");
    narrator.step(
        batch
            ? "A batch run takes over from the speed layer"
            : "A replay folds all history again and takes over");
    long rows = batch ? run("/v1/batch") : run("/v1/views/delays/replay");
    narrator.check(
        rows == acts.midnight(),
        grouped(rows) + " rows folded again from the lake, audited, published, swapped in");
    narrator.say("who answers: " + answers().segments());
    narrator.rows(answers().delays(acts.airport(), day(-2), day(-1)));
    narrator.check(before.equals(answers().delays()), "no number jumped: every row is the same");
  }

  /** Starts a run and waits for it; gives how many rows it read. */
  private long run(String path) throws IOException {
    long run = child.server().post(path, Server.JSON.createObjectNode()).path("run").asLong();
    JsonNode runs = BatchRuns.await(child.server(), run, items -> {});
    for (JsonNode item : runs) {
      if (!"PUBLISHED".equals(item.path("outcome").asText())) {
        throw new IOException("The run was not published: " + item);
      }
    }
    return runs.path(0).path("rows").asLong();
  }

  private void lateDay() throws IOException {
    narrator.step("A day that is over changes");
    JsonNode before = dayBefore();
    narrator.say(
        grouped(acts.morning() - acts.midnight())
            + " flights land in the next six hours; "
            + acts.late()
            + " of them left "
            + acts.airport()
            + " before midnight.");
    send(acts.midnight(), acts.morning());
    JsonNode after = dayBefore();
    narrator.change(before, after);
    narrator.check(
        after.path("flights").asLong() == before.path("flights").asLong() + acts.late(),
        "they count for " + day(-1) + " although " + passed() + " has passed it");
    checkAgainstLoop();
  }

  private String passed() {
    return first.equals("lambda") ? "the batch" : "the replay";
  }

  private JsonNode dayBefore() throws IOException {
    return answers().delays(acts.airport(), day(-1), day(-1)).path(0);
  }

  private void killed() throws IOException, InterruptedException {
    narrator.step("kill -9 in the middle of the stream");
    int from = acts.morning();
    CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendRest(from));
    int killAt = from + (flights.size() - from) * 2 / 5;
    while (feed.rows() < killAt && !sending.isDone()) {
      Thread.sleep(1);
    }
    child.kill();
    narrator.say(
        "killed after " + grouped(feed.rows()) + " acknowledged flights; the sender keeps trying");
    child = ServerChild.start(pipeline, first, data(), child.port());
    narrator.check(true, "the server is ready again after " + time(child.startMillis()));
    join(sending);
    int repeated = feed.repeat(REPEATED_PIECES);
    narrator.check(
        repeated == REPEATED_PIECES,
        repeated + " requests sent twice on purpose: recognised by their keys, not counted again");
    feed.awaitVisible();
    expected.add(from, flights.size());
    narrator.check(
        answers().totals().path("flights").asLong() == flights.size(),
        grouped(flights.size()) + " flights sent, as many in the answer: nothing lost or doubled");
    checkAgainstLoop();
  }

  private void sendRest(int from) {
    try {
      feed.send(from, flights.size());
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private static void join(CompletableFuture<Void> sending) throws IOException {
    try {
      sending.join();
    } catch (CompletionException e) {
      throw new IOException("Sending failed: " + e.getCause().getMessage(), e);
    }
  }

  private void sameDirectoryUnderTheOther() throws IOException, InterruptedException {
    narrator.step("The same directory, restarted as " + second);
    ArrayNode before = answers().delays();
    String totals = Expected.totals(answers().totals());
    int exitCode = child.stop();
    narrator.check(exitCode == 0, "stopped in good order");
    child = ServerChild.start(pipeline, second, data(), child.port());
    Set<String> adopted = answers().durableSegments();
    int runs = answers().runs();
    narrator.check(
        runs == 0 && !adopted.isEmpty(),
        "ready as "
            + second
            + " after "
            + time(child.startMillis())
            + ": "
            + adopted.size()
            + " segments adopted, nothing folded again");
    narrator.say("who answers: " + answers().segments());
    narrator.check(
        before.equals(answers().delays()) && totals.equals(Expected.totals(answers().totals())),
        "the same answers, row by row");
  }

  private void freshUnderTheOther() throws IOException {
    narrator.step("The same SQL file as " + second + " from nothing, beside it");
    fresh = ServerChild.start(pipeline, second, directory.resolve("fresh"), 0);
    long began = System.nanoTime();
    Feed again = new Feed(flights, fresh.server());
    again.send(0, flights.size());
    again.awaitVisible();
    narrator.say(grouped(again.rows()) + " flights sent again after " + since(began));
    Answers other = new Answers(fresh.server());
    narrator.check(
        other.delays().equals(answers().delays()) && other.totals().equals(answers().totals()),
        "lambda = kappa: the same answers, row by row, percentiles included");
  }

  private void verified() throws IOException {
    narrator.step("verify: the reference engine folds the raw log again and compares");
    verify(child.server(), "the first directory");
    verify(fresh.server(), "the fresh one");
  }

  private void verify(Server server, String where) throws IOException {
    JsonNode answer = Verification.run(server, List.of(), now -> {});
    long groups = 0;
    long millis = 0;
    for (JsonNode report : answer.path("reports")) {
      groups += report.path("groups").asLong();
      millis += report.path("durationMillis").asLong();
    }
    narrator.check(
        answer.path("identical").asBoolean() && groups > 0,
        where + ": " + grouped(groups) + " groups, identical (" + time(millis) + ")");
  }

  /** A day relative to the midnight of the story, as text. */
  private String day(int days) {
    return LocalDateTime.ofEpochSecond(acts.midnightMillis() / 1_000, 0, ZoneOffset.UTC)
        .plusDays(days)
        .toLocalDate()
        .toString();
  }

  private static String grouped(long number) {
    return Numbers.grouped(number);
  }

  private static String time(long millis) {
    return Numbers.duration(millis);
  }

  private static String since(long began) {
    return time((System.nanoTime() - began) / 1_000_000);
  }

  /** Ends the server beside. */
  void closeFresh() {
    if (fresh != null) {
      fresh.close();
    }
  }

  @Override
  public void close() {
    closeFresh();
    if (child != null) {
      child.close();
    }
  }
}
