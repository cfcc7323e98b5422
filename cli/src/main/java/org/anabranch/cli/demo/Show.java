// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.anabranch.cli.ExitCode;
import org.anabranch.cli.Terminal;
import org.anabranch.cli.output.Numbers;

/** The frame of the demo: its data, its directory, its end. */
public final class Show {
  private final Terminal terminal;
  private final Path pipeline;
  private final Path file;
  private final String architecture;

  public Show(Terminal terminal, Path pipeline, Path file, String architecture) {
    this.terminal = terminal;
    this.pipeline = pipeline;
    this.file = file;
    this.architecture = architecture;
  }

  /**
   * Plays the demo.
   *
   * @param exit whether to end with it, or to leave the server up
   * @return the exit code
   */
  public int run(boolean exit) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Narrator narrator = new Narrator(terminal.out(), terminal.colour());
    narrator.title("Anabranch: one SQL file, run as lambda and as kappa, with one exact answer");
    Flights flights = Flights.read(file);
    narrator.title("");
    narrator.say("pipeline   " + shown(pipeline));
    narrator.say(
        "flights    "
            + Numbers.grouped(flights.size())
            + " real ones, "
            + day(flights.firstDeparture())
            + " to "
            + day(flights.lastDeparture())
            + ", sent in the order in which they arrived");
    Path directory = Files.createTempDirectory("anabranch-demo-");
    Demo demo = new Demo(narrator, pipeline, directory, architecture, flights);
    // Also when interrupted: no server and no directory stays behind.
    Thread end = new Thread(() -> end(demo, directory), "demo-end");
    Runtime.getRuntime().addShutdownHook(end);
    demo.play();
    narrator.title("");
    long millis = (System.nanoTime() - began) / 1_000_000;
    narrator.title(
        narrator.failed() == 0
            ? "All " + narrator.held() + " checks held, in " + Numbers.duration(millis) + "."
            : narrator.failed() + " checks did NOT hold.");
    if (!exit) {
      stayUp(demo, narrator);
    }
    return narrator.failed() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void stayUp(Demo demo, Narrator narrator) throws InterruptedException {
    demo.closeFresh();
    String url = demo.child().server().url().toString();
    narrator.title("");
    narrator.title("The server stays up at " + url + " until Ctrl-C. Three things to try:");
    narrator.title("");
    narrator.say(
        "./anabranch sql --url "
            + url
            + " \"SELECT origin, SUM(flights) AS flights FROM delays GROUP BY origin ORDER BY"
            + " flights DESC LIMIT 5\"");
    narrator.say("curl '" + url + "/v1/views/delays?origin=ORD&order=-mean_delay&limit=3'");
    narrator.say("./anabranch status --url " + url);
    demo.child().await();
  }

  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }

  private static LocalDate day(long millis) {
    return LocalDate.ofInstant(java.time.Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static void end(Demo demo, Path directory) {
    demo.close();
    delete(directory);
  }

  /** Files may go while they are listed, so that this tries more than once. */
  private static void delete(Path directory) {
    for (int attempt = 0; attempt < 20 && Files.exists(directory); attempt++) {
      try (Stream<Path> files = Files.walk(directory)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path path : deepestFirst) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException again) {
        Thread.onSpinWait();
      }
    }
    if (Files.exists(directory)) {
      System.err.println("Cannot delete " + shown(directory) + ": delete it by hand");
    }
  }
}
