// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Layers own no thread, no clock and no chance: threads, time and random numbers are what their
 * owner gives them. Read off the sources of everything below the architecture.
 */
final class NoOwnThreadTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();

  private static final List<String> LAYERS =
      List.of(
          "view", "format", "quality", "sql", "engine", "batch", "speed", "serving", "ingest",
          "lake", "log");

  private static final Pattern OWNED =
      Pattern.compile(
          String.join(
              "|",
              "new\\s+Thread\\b|extends\\s+Thread\\b|Thread\\s*\\.\\s*(?:sleep|of(?:Virtual|Platform)|startVirtualThread)\\b",
              "\\b(?:Executors|ForkJoinPool|ThreadPoolExecutor|ThreadFactory)\\b|new\\s+Timer\\b|\\b\\w+Async\\s*\\(",
              "\\.\\s*parallel\\s*\\(\\)|parallelStream|Arrays\\s*\\.\\s*parallel\\w+",
              "\\bTimeUnit\\s*\\.\\s*\\w+\\s*\\.\\s*sleep|LockSupport\\s*\\.\\s*park\\w*|onSpinWait",
              "\\b(?:nanoTime|currentTimeMillis)\\b|\\bClock\\s*\\.\\s*(?:system\\w*|SYSTEM)\\b",
              "\\b(?:Instant|LocalDate|LocalTime|LocalDateTime|OffsetDateTime|ZonedDateTime|Year)\\s*\\.\\s*now\\b|new\\s+Date\\s*\\(\\s*\\)",
              "Math\\s*\\.\\s*random|new\\s+(?:Split\\w*|Secure)?Random\\b|ThreadLocalRandom|\\brandomUUID\\b"));

  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

  /** What owns something nevertheless, what it owns, and why that does no harm. */
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry(
              "lake/LocalSegments.java: randomUUID",
              "names of unfinished files; none that is finished depends on it"),
          Map.entry("lake/ParquetOutput.java: randomUUID", "the same"),
          Map.entry(
              "lake/SegmentTable.java: randomUUID",
              "names that writers in different processes must not share"),
          Map.entry(
              "log/BrokerSecret.java: new SecureRandom",
              "a password that nobody guesses; it ends with the process"),
          Map.entry(
              "log/EmbeddedBroker.java: new Thread",
              "a broker has threads of its own and may never stop after a fault; one more stops"
                  + " it"),
          Map.entry(
              "log/KafkaLog.java: LockSupport.parkNanos",
              "the pause between two looks for a topic that is being made"),
          Map.entry(
              "serving/Cursors.java: new SecureRandom",
              "page tokens that nobody guesses; no answer depends on them"),
          Map.entry(
              "serving/DeepStack.java: new Thread",
              "the one thread of a query process that runs statements: its stack is deep enough for"
                  + " any query that is let in"),
          Map.entry(
              "serving/QueryMain.java: Clock.SYSTEM",
              "a query process of its own; nobody else is there to hand a clock out"),
          Map.entry(
              "serving/ThreadWatchdog.java: new Thread",
              "the watchdog that only the owner of the layer hands out"),
          Map.entry(
              "view/Clock.java: currentTimeMillis",
              "the machine's clock, which only the owner of layers hands out"),
          Map.entry("view/Clock.java: nanoTime", "the same"));

  @Test
  void nothingBelowTheArchitectureOwnsAThreadAClockOrChance() throws IOException {
    assertEquals(new TreeSet<>(EXCEPTIONS.keySet()), owned());
  }

  @Test
  void theRuleSeesWhatItForbids() {
    for (String code :
        List.of(
            "new Thread(step)",
            "Executors.newFixedThreadPool(2)",
            "CompletableFuture.runAsync(step)",
            "rows.stream().parallel()",
            "Thread.sleep(1)",
            "System.nanoTime()",
            "Instant.now()",
            "Clock.systemUTC()",
            "Math.random()",
            "new Random()")) {
      assertTrue(OWNED.matcher(code).find(), code);
    }
  }

  private static Set<String> owned() throws IOException {
    Set<String> owned = new TreeSet<>();
    for (String layer : LAYERS) {
      try (Stream<Path> files = Files.walk(HOUSE.resolve(layer).resolve("src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          owned.addAll(owned(layer, file));
        }
      }
    }
    return owned;
  }

  private static List<String> owned(String layer, Path file) throws IOException {
    String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
    return OWNED
        .matcher(code.replaceAll("(?m)^import .*$", ""))
        .results()
        .map(found -> layer + "/" + file.getFileName() + ": " + found.group())
        .collect(Collectors.toList());
  }
}
