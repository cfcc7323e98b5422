// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.nio.file.Path;
import java.util.Map;

/**
 * How much is measured.
 *
 * @param events how many events are sent or read
 * @param rounds how many times a replay is repeated
 * @param senders how many connections send at once
 * @param batch how many events one request carries
 * @param rate how many events a second are sent when freshness is measured
 * @param requests how many requests are timed
 * @param busy how many threads compute meanwhile when the start is measured
 * @param flights the folder with the example's SQL and rows
 */
public record Settings(
    int events,
    int rounds,
    int senders,
    int batch,
    int rate,
    int requests,
    int busy,
    Path flights) {
  public static final Settings DEFAULT =
      new Settings(300_000, 3, 4, 1_000, 200, 5_000, 0, Path.of("examples/flights"));

  public Settings {
    if (events < 1 || rounds < 1 || senders < 1 || batch < 1 || rate < 1 || requests < 1) {
      throw new IllegalArgumentException("Cannot measure nothing: every number is at least 1");
    }
  }

  /** The same with numbers given by name, such as {@code events}. */
  Settings with(Map<String, Integer> numbers) {
    return new Settings(
        numbers.getOrDefault("events", events),
        numbers.getOrDefault("rounds", rounds),
        numbers.getOrDefault("senders", senders),
        numbers.getOrDefault("batch", batch),
        numbers.getOrDefault("rate", rate),
        numbers.getOrDefault("requests", requests),
        numbers.getOrDefault("busy", busy),
        flights);
  }
}
