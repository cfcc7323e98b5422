// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.anabranch.architecture.Architecture;
import org.anabranch.architecture.Cluster;
import org.anabranch.architecture.PipelineSettings;
import org.anabranch.batch.CronSchedule;
import org.anabranch.batch.Schedule;

/** Every setting of a server: its key, its default, and how its text is read. */
public enum Setting {
  ARCHITECTURE("lambda"),
  DATA("data"),
  LISTEN("127.0.0.1:8080"),
  BATCH_EVERY("never"),
  BOOTSTRAP_SERVERS(""),
  KAFKA_CONFIG(""),
  DURABILITY("process"),
  STATE_BUDGET("auto"),
  CHECKPOINT_EVERY("2s"),
  ARCHIVE_EVERY("2s"),
  LAKE_TIMEOUT("10m"),
  SQL_PROCESSES("2"),
  ACCEPT_PUBLIC_BIND("false"),
  ACCEPT_NEW_TOPIC("false"),
  ACCEPT_GAP("");

  private final String standard;

  Setting(String standard) {
    this.standard = standard;
  }

  /** As in the file, and behind two dashes as a flag. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The variable of the environment. */
  public String variable() {
    return "ANABRANCH_" + name();
  }

  /** The text that stands in where nobody says anything. */
  public String standard() {
    return standard;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException saying what would be right
   */
  Object read(String text) {
    return switch (this) {
      case ARCHITECTURE -> Architecture.of(one(text, "lambda", "kappa"));
      case DATA, KAFKA_CONFIG -> text;
      case BOOTSTRAP_SERVERS -> addresses(text);
      case LISTEN -> ListenAddress.parse(text);
      case BATCH_EVERY -> schedule(text);
      case DURABILITY -> one(text, "process", "power");
      case STATE_BUDGET ->
          text.equals("auto") ? PipelineSettings.DERIVED : positive(SizeText.bytes(text));
      case CHECKPOINT_EVERY, ARCHIVE_EVERY, LAKE_TIMEOUT -> positive(DurationText.millis(text));
      case SQL_PROCESSES -> processes(text);
      case ACCEPT_PUBLIC_BIND, ACCEPT_NEW_TOPIC -> truth(text);
      case ACCEPT_GAP -> names(text);
    };
  }

  /** All keys. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }

  private static String one(String text, String... allowed) {
    if (!List.of(allowed).contains(text)) {
      throw new IllegalArgumentException("it is " + String.join(" or ", allowed));
    }
    return text;
  }

  private static String addresses(String text) {
    if (!text.isBlank() && !Cluster.isAddress(text)) {
      throw new IllegalArgumentException("it is HOST:PORT, or several of them with commas between");
    }
    return text;
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      if (name.matches("[^\\p{L}\\p{N}_]*") && !text.isBlank()) {
        throw new IllegalArgumentException(
            "it is the name of a stream, or several of them with commas between");
      }
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private static boolean truth(String text) {
    return one(text, "true", "false").equals("true");
  }

  private static long positive(long number) {
    if (number == 0) {
      throw new IllegalArgumentException("it is more than nothing");
    }
    return number;
  }

  private static long processes(String text) {
    if (!text.matches("[0-9]{1,2}")
        || Long.parseLong(text) < 1
        || Long.parseLong(text) > PipelineSettings.MOST_SQL_PROCESSES) {
      throw new IllegalArgumentException(
          "it is a whole number from 1 to "
              + PipelineSettings.MOST_SQL_PROCESSES
              + "; without a process no query in SQL could run, and each may take "
              + PipelineSettings.SQL_PROCESS_MEGABYTES
              + " MB beside the server");
    }
    return Long.parseLong(text);
  }

  private static Schedule schedule(String text) {
    if (text.equals("never")) {
      return Schedule.NEVER;
    }
    if (text.startsWith("cron ")) {
      return CronSchedule.parse(text.substring("cron ".length()));
    }
    try {
      return Schedule.every(positive(DurationText.millis(text)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "it is a duration such as 10m or 1h, never, or 'cron MINUTE HOUR DAY MONTH WEEKDAY'", e);
    }
  }
}
