// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anabranch.cli.config.Configuration;
import org.anabranch.cli.config.ConfigurationException;
import org.anabranch.cli.config.Setting;
import org.anabranch.sql.Script;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a pipeline until it is told to stop. */
@Command(
    name = "run",
    header = "Run a pipeline and serve it.",
    footer = {"Example:", "  anabranch run pipeline.sql --batch-every 1h", ""},
    description = {
      "",
      "Runs a pipeline and serves it over HTTP until it is stopped (SIGTERM or Ctrl-C).",
      "Every option is also a key of anabranch.yaml and a variable ANABRANCH_* of the environment;"
          + " a flag goes before the environment, the environment before the file.",
      ""
    })
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "PIPELINE.sql", description = "The pipeline's definitions.")
  private String file;

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "lambda or kappa; the answers are the same. Default lambda.")
  private String architecture;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Holds everything durable. Default data.")
  private String data;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen; port 0 picks a free one. Default 127.0.0.1:8080.")
  private String listen;

  @Option(
      names = "--batch-every",
      paramLabel = "WHEN",
      description =
          "A duration, never, or 'cron MINUTE HOUR DAY MONTH WEEKDAY' in UTC. Default never.")
  private String batchEvery;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "An external Kafka cluster. Default: a broker inside this process.")
  private String bootstrapServers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description =
          "Java properties for connecting to that cluster: security.*, sasl.*, ssl.*, timeouts.")
  private String kafkaConfig;

  @Option(
      names = "--durability",
      paramLabel = "LEVEL",
      description =
          "process: an acknowledgement outlives the death of the process; power: also a power"
              + " cut, at the cost of a disk flush. Default process.")
  private String durability;

  @Option(
      names = "--state-budget",
      paramLabel = "SIZE",
      description = "Heap that one view's live state may take. Default auto: a share of the heap.")
  private String stateBudget;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "DURATION",
      description = "How often live state becomes durable segments. Default 2s.")
  private String checkpointEvery;

  @Option(
      names = "--archive-every",
      paramLabel = "DURATION",
      description = "How often the lake takes what was appended. Default 2s.")
  private String archiveEvery;

  @Option(
      names = "--lake-timeout",
      paramLabel = "DURATION",
      description = "How long a batch run waits for the lake to pass its cut. Default 10m.")
  private String lakeTimeout;

  @Option(
      names = "--sql-processes",
      paramLabel = "NUMBER",
      description =
          "How many processes run queries in SQL, one at a time each, with up to 1280 MB each."
              + " Default 2.")
  private String sqlProcesses;

  @Option(
      names = "--accept-public-bind",
      description =
          "Listen on an interface that others reach. There is no authentication: whoever reaches it"
              + " reads and writes.")
  private boolean acceptPublicBind;

  @Option(
      names = "--accept-new-topic",
      description =
          "Go on with topics that were deleted and created again, without what the lake does not"
              + " have of the old ones.")
  private boolean acceptNewTopic;

  @Option(
      names = "--accept-gap",
      paramLabel = "STREAM",
      split = ",",
      description =
          "Go on without events of a stream that are gone from its log and that the lake does not"
              + " have. A start that needs it says which they are.")
  private List<String> acceptGap;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings file. Default: anabranch.yaml beside the pipeline, else here.")
  private String config;

  /** For a process that must not outlive the one that started it. */
  @Option(names = "--parent", hidden = true)
  private Long parent;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = configuration();
    Path path = terminal.path(file);
    Script script = PipelineFile.read(path);
    return new PipelineProcess(terminal, configuration, script).run(Optional.ofNullable(parent));
  }

  private Configuration configuration() {
    try {
      return Configuration.of(flags(), terminal.environment(), settingsFile(), terminal::path);
    } catch (ConfigurationException e) {
      throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  private Map<Setting, String> flags() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    put(flags, Setting.ARCHITECTURE, architecture);
    put(flags, Setting.DATA, data);
    put(flags, Setting.LISTEN, listen);
    put(flags, Setting.BATCH_EVERY, batchEvery);
    put(flags, Setting.BOOTSTRAP_SERVERS, bootstrapServers);
    put(flags, Setting.KAFKA_CONFIG, kafkaConfig);
    put(flags, Setting.DURABILITY, durability);
    put(flags, Setting.STATE_BUDGET, stateBudget);
    put(flags, Setting.CHECKPOINT_EVERY, checkpointEvery);
    put(flags, Setting.ARCHIVE_EVERY, archiveEvery);
    put(flags, Setting.LAKE_TIMEOUT, lakeTimeout);
    put(flags, Setting.SQL_PROCESSES, sqlProcesses);
    put(flags, Setting.ACCEPT_PUBLIC_BIND, acceptPublicBind ? "true" : null);
    put(flags, Setting.ACCEPT_NEW_TOPIC, acceptNewTopic ? "true" : null);
    put(flags, Setting.ACCEPT_GAP, acceptGap == null ? null : String.join(",", acceptGap));
    return flags;
  }

  private static void put(Map<Setting, String> flags, Setting setting, String text) {
    if (text != null) {
      flags.put(setting, text);
    }
  }

  private Optional<Path> settingsFile() {
    String named = config != null ? config : terminal.environment().get("ANABRANCH_CONFIG");
    if (named != null) {
      return Optional.of(terminal.path(named));
    }
    Path beside = terminal.path(file).resolveSibling("anabranch.yaml");
    Path here = terminal.path("anabranch.yaml");
    return Optional.of(beside)
        .filter(Files::isRegularFile)
        .or(() -> Optional.of(here).filter(Files::isRegularFile));
  }
}
