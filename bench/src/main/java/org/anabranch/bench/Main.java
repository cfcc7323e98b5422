// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs benchmarks by name: {@code replay ingest files freshness reads start --events 300000
 * --rounds 3}.
 */
public final class Main {
  private static final Set<String> NUMBERS =
      Set.of("events", "rounds", "senders", "batch", "rate", "requests", "busy");
  private static final Map<String, Benchmark> BENCHMARKS =
      new TreeMap<>(
          Map.of(
              "replay", new ReplayBenchmark(),
              "ingest", new IngestBenchmark(),
              "files", new FilesBenchmark(),
              "freshness", new FreshnessBenchmark(),
              "reads", new ReadsBenchmark(),
              "start", new StartBenchmark()));

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    try {
      run(List.of(arguments), Settings.DEFAULT, System.out);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    // Clients keep threads for a while that have nothing left to do.
    System.exit(0);
  }

  static void run(List<String> arguments, Settings defaults, PrintStream out) throws Exception {
    List<String> names = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("--")) {
        i++;
        numbers.put(known(argument.substring(2)), number(argument, arguments, i));
      } else if (BENCHMARKS.containsKey(argument)) {
        names.add(argument);
      } else {
        throw new IllegalArgumentException(
            "Cannot run benchmark '" + argument + "': there are " + BENCHMARKS.keySet());
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("Cannot run: name some of " + BENCHMARKS.keySet());
    }
    Settings settings = defaults.with(numbers);
    for (String name : names) {
      out.println("== " + name);
      BENCHMARKS.get(name).run(settings, out);
    }
  }

  private static String known(String option) {
    if (!NUMBERS.contains(option)) {
      throw new IllegalArgumentException("Cannot read --" + option + ": there are " + NUMBERS);
    }
    return option;
  }

  private static int number(String option, List<String> arguments, int index) {
    if (index < arguments.size() && arguments.get(index).matches("[0-9]{1,9}")) {
      return Integer.parseInt(arguments.get(index));
    }
    throw new IllegalArgumentException("Cannot read " + option + ": a number follows it");
  }
}
