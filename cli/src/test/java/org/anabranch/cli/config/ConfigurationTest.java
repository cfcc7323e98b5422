// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ConfigurationTest {
  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("anabranch.yaml"), text);
  }

  /** A text that is right for a setting, different for each of four places. */
  private String text(Setting setting, int place) {
    return switch (setting) {
      case ARCHITECTURE -> place % 2 == 0 ? "kappa" : "lambda";
      case DURABILITY -> place % 2 == 0 ? "power" : "process";
      case ACCEPT_GAP -> place % 2 == 0 ? "a,b" : "c";
      case ACCEPT_PUBLIC_BIND, ACCEPT_NEW_TOPIC -> place % 2 == 0 ? "true" : "false";
      case LISTEN -> "127.0.0.1:" + (1000 + place);
      case STATE_BUDGET -> (1 + place) + "MiB";
      case BATCH_EVERY, CHECKPOINT_EVERY, ARCHIVE_EVERY, LAKE_TIMEOUT -> (1 + place) + "s";
      case SQL_PROCESSES -> Integer.toString(3 + place);
      case DATA -> "text" + place;
      case BOOTSTRAP_SERVERS -> "host" + place + ":9092";
      case KAFKA_CONFIG -> kafka(place).toString();
    };
  }

  /** A file of properties for a cluster. */
  private Path kafka(int place) {
    try {
      return Files.writeString(
          directory.resolve("kafka" + place + ".properties"), "client.id = c" + place + "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Object shown(Setting setting, Configuration configuration) {
    return switch (setting) {
      case ARCHITECTURE ->
          configuration.get(setting, org.anabranch.architecture.Architecture.class).name();
      case BATCH_EVERY -> configuration.get(setting, org.anabranch.batch.Schedule.class).next(0);
      default -> configuration.get(setting, Object.class);
    };
  }

  private static Object wanted(Setting setting, String text) throws ConfigurationException {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    flags.put(setting, text);
    if (setting == Setting.KAFKA_CONFIG) {
      flags.put(Setting.BOOTSTRAP_SERVERS, "a:1");
    }
    return shown(setting, Configuration.of(flags, Map.of(), Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource
  void aFlagGoesBeforeTheEnvironmentBeforeTheFileBeforeTheDefault(Setting setting)
      throws Exception {
    String cluster = setting == Setting.KAFKA_CONFIG ? "bootstrap-servers: a:1\n" : "";
    Optional<Path> file =
        Optional.of(file(cluster + setting.key() + ": " + text(setting, 0) + "\n"));
    Map<String, String> environment = Map.of(setting.variable(), text(setting, 1));
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    assertEquals(
        wanted(setting, setting.standard()),
        shown(setting, Configuration.of(flags, Map.of(), Optional.empty())));
    assertEquals(
        wanted(setting, text(setting, 0)), shown(setting, Configuration.of(flags, Map.of(), file)));
    assertEquals(
        wanted(setting, text(setting, 1)),
        shown(setting, Configuration.of(flags, environment, file)));
    flags.put(setting, text(setting, 2));
    assertEquals(
        wanted(setting, text(setting, 2)),
        shown(setting, Configuration.of(flags, environment, file)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "architecture: gamma       | architecture = 'gamma': it is lambda or kappa",
        "listen: 8080              | listen = '8080': an address is HOST:PORT",
        "listen: 127.0.0.1:99999   | an address is HOST:PORT",
        "batch-every: often        | it is a duration such as 10m or 1h, never, or 'cron",
        "batch-every: 0s           | it is a duration",
        "batch-every: cron 1 2 3   | it has 3 fields, not 5",
        "bootstrap-servers: kafka  | it is HOST:PORT, or several of them",
        "durability: disk          | it is process or power",
        "state-budget: 64MB        | a size is a whole number with a unit",
        "state-budget: 0           | it is more than nothing",
        "sql-processes: 0          | it is a whole number from 1 to 64; without a process no query",
        "sql-processes: 65         | it is a whole number from 1 to 64",
        "sql-processes: some       | it is a whole number from 1 to 64",
        "checkpoint-every: 2       | a duration is a whole number with a unit",
        "checkpoint-every: 1.5s    | a duration is a whole number with a unit",
        "accept-public-bind: yes   | it is true or false",
        "archtecture: kappa        | did you mean 'architecture'?",
        "colour: red               | there is no such setting; there are",
        "data: [a, b]              | a value is one text, nothing nested",
        "just a text               | it is not a list of 'key: value'",
        "data: b: c                | it is no YAML"
      })
  void aFaultNamesPlaceKeyValueAndWhatWouldBeRight(String line, String expected)
      throws IOException {
    Path file = file("# settings\n" + line.strip() + "\n");
    ConfigurationException fault =
        assertThrows(
            ConfigurationException.class,
            () -> Configuration.of(Map.of(), Map.of(), Optional.of(file)));
    assertEquals(1, fault.faults().size(), fault.getMessage());
    assertTrue(fault.getMessage().contains(expected.strip()), fault.getMessage());
    assertTrue(fault.getMessage().contains(file.toString()), fault.getMessage());
  }

  @Test
  void allFaultsComeAtOnce() throws IOException {
    Map<String, String> environment = new HashMap<>();
    Arrays.stream(Setting.values())
        .filter(setting -> setting != Setting.DATA)
        .forEach(setting -> environment.put(setting.variable(), "?"));
    environment.put("ANABRANCH_UNKNOWN", "1");
    environment.put("ANABRANCH_URL", "http://elsewhere");
    environment.put("PATH", "/bin");
    ConfigurationException faults =
        assertThrows(
            ConfigurationException.class,
            () -> Configuration.of(Map.of(), environment, Optional.of(file("nothing: 1\n"))));
    assertEquals(Setting.values().length - 1 + 2, faults.faults().size(), faults.getMessage());
  }

  @Test
  void aKeyThatStandsTwiceIsAFault() throws IOException {
    Path file = file("data: a\ndata: b\n");
    ConfigurationException fault =
        assertThrows(
            ConfigurationException.class,
            () -> Configuration.of(Map.of(), Map.of(), Optional.of(file)));
    assertTrue(fault.getMessage().contains(":2"), fault.getMessage());
  }

  @Test
  void anEmptyFileChangesNothing() throws Exception {
    Configuration.of(Map.of(), Map.of(), Optional.of(file("")));
    Configuration.of(Map.of(), Map.of(), Optional.of(file("# only a comment\n")));
  }

  @Test
  void theUnquotedAddressOfAFileIsText() throws Exception {
    Configuration read =
        Configuration.of(Map.of(), Map.of(), Optional.of(file("listen: 127.0.0.1:0\n")));
    assertEquals(new ListenAddress("127.0.0.1", 0), read.get(Setting.LISTEN, ListenAddress.class));
  }

  @ParameterizedTest
  @CsvSource({"250ms,250", "5s,5000", "10m,600000", "1h,3600000", "2d,172800000"})
  void durations(String text, long millis) {
    assertEquals(millis, DurationText.millis(text));
  }

  @ParameterizedTest
  @CsvSource({"7,7", "64KiB,65536", "3MiB,3145728", "2GiB,2147483648"})
  void sizes(String text, long bytes) {
    assertEquals(bytes, SizeText.bytes(text));
  }
}
