// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anabranch.cli.client.EventSender;
import org.anabranch.cli.client.SentFile;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.client.ServerException;
import org.anabranch.cli.output.Numbers;
import org.anabranch.cli.output.ProgressBar;
import org.anabranch.cli.output.Table;
import org.anabranch.ingest.FileException;
import org.anabranch.ingest.FileFormat;
import org.anabranch.ingest.FileOptions;
import org.anabranch.ingest.FileSource;
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
      ""
    })
final class IngestCommand implements Callable<Integer> {
  private static final int SHOWN_REJECTS = 10;

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
      description = "What separates the fields of CSV; default: by the header line.")
  private Character delimiter;

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
    List<SentFile> sent = new ArrayList<>();
    try (EventSender sender = new EventSender(server, stream, patience)) {
      for (String file : files) {
        sent.add(send(sender, file, options));
      }
      if (wait) {
        sender.awaitVisible(connection.timeoutMillis());
      }
    } catch (FileException e) {
      report(sent);
      String advice = e.getMessage().startsWith("Cannot tell") ? "\n  with --format" : "";
      throw new CommandException(ExitCode.FAILED, e.getMessage() + advice, e);
    } catch (IOException e) {
      report(sent);
      throw ConnectionOptions.explained(server, e);
    }
    report(sent);
    return strict && sent.stream().anyMatch(file -> file.rejected() > 0)
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
    return delimiter == null ? options : options.delimiter(delimiter);
  }

  private SentFile send(EventSender sender, String file, FileOptions options) throws IOException {
    try (FileSource source = open(file, options);
        ProgressBar progress =
            new ProgressBar(terminal.err(), terminal.errIsTerminal(), System::currentTimeMillis)) {
      SentFile sent =
          sender.send(
              file,
              source,
              (at, note) -> progress.show(at.bytesRead(), at.bytesTotal(), text(file, at, note)));
      progress.erase();
      rejects(sent);
      return sent;
    } catch (ServerException e) {
      if (e.problem().status() == 400) {
        throw new CommandException(ExitCode.FAILED, file + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  private FileSource open(String file, FileOptions options) throws IOException {
    if (file.equals("-")) {
      InputStream in = terminal.in();
      return FileSource.read(in, "standard input", options);
    }
    return FileSource.open(terminal.path(file), options);
  }

  private static String text(String file, FileSource.Progress at, Optional<String> note) {
    return file
        + ", "
        + Numbers.grouped(at.rows())
        + " rows"
        + note.map(text -> " (" + text + ")").orElse("");
  }

  private void rejects(SentFile sent) {
    sent.rejects().stream()
        .limit(SHOWN_REJECTS)
        .forEach(row -> terminal.err().println(sent.file() + ":" + row));
    if (sent.rejected() > SHOWN_REJECTS) {
      terminal
          .err()
          .println(
              sent.file()
                  + ": "
                  + Numbers.grouped(sent.rejected() - SHOWN_REJECTS)
                  + " more; all of them: SELECT * FROM "
                  + stream
                  + "__quarantine");
    }
  }

  private void report(List<SentFile> sent) {
    Table table = Table.of("file", "rows>", "accepted>", "rejected>", "repeated>", "ms>");
    ArrayNode items = Server.JSON.createArrayNode();
    for (SentFile file : sent) {
      table.row(
          file.file(),
          file.accepted() + file.rejected(),
          file.accepted(),
          file.rejected(),
          file.repeated(),
          file.millis());
      items.add(file.json());
    }
    if (!sent.isEmpty()) {
      output.print(terminal, items, items, table);
    }
  }
}
