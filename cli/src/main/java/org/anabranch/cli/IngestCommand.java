// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.anabranch.cli.client.EventSender;
import org.anabranch.cli.client.SentFile;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.output.Table;
import org.anabranch.ingest.FileFormat;
import org.anabranch.ingest.FileOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends files of events to a stream. */
@Command(
    name = "ingest",
    header = "Send files of events to a stream.",
    footer = {"Example:", "  anabranch ingest flights january.csv.gz", ""},
    description = {
      "",
      "Sends files to a stream: CSV with a header line, JSON, NDJSON, Parquet or lines, gzip'd or"
          + " not. A run that was killed goes on when it is started again, and one that is"
          + " repeated changes nothing: every piece has a key made from the file's content.",
      "Rejected rows are kept in quarantine; with --strict they make the command end with 3.",
      "A file that cannot be read is named, with the reason, and the next one follows; the command"
          + " then ends with 1.",
      ""
    })
final class IngestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "STREAM", description = "The stream.")
  private String stream;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files; - for the standard input.")
  private List<String> files;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv, json, ndjson, lines or parquet; default: by name or first bytes.")
  private String format;

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description =
          "What separates the fields of CSV: one character, or comma, semicolon, tab, pipe or"
              + " space; default: the stream's own if the header line has it, else what it has.")
  private String delimiter;

  @Option(
      names = "--quote",
      paramLabel = "QUOTE",
      description = "double, or none where quotes in CSV mean nothing; default: as the stream has.")
  private String quote;

  @Option(names = "--strict", description = "End with 3 if a row was rejected.")
  private boolean strict;

  @Option(names = "--wait", description = "Return when all rows are in the answers.")
  private boolean wait;

  @Option(
      names = "--retry-for",
      paramLabel = "DURATION",
      defaultValue = "1m",
      description =
          "How long to try again while the server is busy or away; default ${DEFAULT-VALUE}.")
  private String retryFor;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  IngestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    output.format();
    FileOptions options = options();
    long patience = Durations.millis("--retry-for", retryFor);
    Server server = connection.server(terminal);
    try (EventSender sender = new EventSender(server, stream, patience)) {
      options = sender.ofStream(options);
      return ended(sender, new FileRun(terminal, sender, stream, options));
    } catch (IOException e) {
      throw ConnectionOptions.explained(server, e);
    }
  }

  private int ended(EventSender sender, FileRun run) throws IOException {
    try {
      run.send(files);
      if (wait) {
        sender.awaitVisible(connection.timeoutMillis());
      }
    } finally {
      report(run.sent());
    }
    if (run.isIncomplete()) {
      throw CommandException.failed(run.incomplete());
    }
    return strict && run.sent().stream().anyMatch(file -> file.rejected() > 0)
        ? ExitCode.DATA
        : ExitCode.OK;
  }

  private FileOptions options() {
    FileOptions options = FileOptions.DEFAULT;
    if (format != null) {
      try {
        options = options.format(FileFormat.valueOf(format.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw CommandException.usage(
            "Cannot read '" + format + "': --format takes csv, json, ndjson, lines or parquet");
      }
    }
    try {
      if (delimiter != null) {
        options = options.delimiter(delimiter);
      }
      return quote == null ? options : options.quote(quote);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage());
    }
  }

  private void report(List<SentFile> sent) {
    Table table =
        Table.of(
            "file", "rows>", "accepted>", "rejected>", "repeated>", "unknown>", "ms>", "outcome");
    ArrayNode items = Server.JSON.createArrayNode();
    for (SentFile file : sent) {
      table.row(
          file.file(),
          file.accepted() + file.rejected(),
          file.accepted(),
          file.rejected(),
          file.repeated(),
          file.unknownFields(),
          file.millis(),
          file.outcome());
      items.add(file.json());
    }
    if (!sent.isEmpty()) {
      output.print(terminal, items, items, table);
    }
  }
}
