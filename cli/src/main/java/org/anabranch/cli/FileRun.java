// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anabranch.cli.client.EventSender;
import org.anabranch.cli.client.FileTally;
import org.anabranch.cli.client.SentFile;
import org.anabranch.cli.client.ServerException;
import org.anabranch.cli.output.Numbers;
import org.anabranch.cli.output.ProgressBar;
import org.anabranch.ingest.FileException;
import org.anabranch.ingest.FileOptions;
import org.anabranch.ingest.FileSource;

/**
 * Sends files one after the other. What is wrong with one of them is said, and the next one
 * follows; only where the server cannot go on do the others stay where they are. A file that lies
 * still is read to its end before any of it is sent, so that a bad one leaves nothing behind.
 */
final class FileRun {
  private static final int SHOWN_REJECTS = 10;

  /** These answers concern the stream or the server, not what was sent. */
  private static final Set<Integer> OF_SERVER = Set.of(401, 403, 404, 405, 429, 503);

  private final Terminal terminal;
  private final EventSender sender;
  private final String stream;
  private final FileOptions options;
  private final List<SentFile> sent = new ArrayList<>();

  FileRun(Terminal terminal, EventSender sender, String stream, FileOptions options) {
    this.terminal = terminal;
    this.sender = sender;
    this.stream = stream;
    this.options = options;
  }

  /** What became of the files so far. */
  List<SentFile> sent() {
    return sent;
  }

  /** Whether a file is not there as a whole. */
  boolean isIncomplete() {
    return sent.stream().anyMatch(file -> file.outcome() != SentFile.Outcome.TAKEN);
  }

  /**
   * Sends the files; those that it does not come to are among what became of them.
   *
   * @throws IOException if the server cannot go on
   */
  void send(List<String> files) throws IOException {
    try {
      for (String file : files) {
        SentFile one = send(file);
        sent.add(one);
        tell(one, files.size() > 1);
      }
    } finally {
      files.stream().skip(sent.size()).forEach(left -> sent.add(SentFile.notTried(left)));
    }
  }

  private SentFile send(String file) throws IOException {
    FileTally tally = new FileTally(file);
    try {
      sendPieces(file, checked(open(file), file), tally);
      return tally.taken();
    } catch (FileException e) {
      return tally.failed(e.getMessage() + left(tally));
    } catch (ServerException e) {
      if (OF_SERVER.contains(e.problem().status())) {
        sent.add(tally.interrupted(e.getMessage()));
        throw e;
      }
      return tally.failed(file + ": " + e.getMessage() + left(tally));
    } catch (IOException e) {
      sent.add(tally.interrupted("the server could not be reached any more"));
      throw e;
    }
  }

  private static String left(FileTally tally) {
    return tally.rows() == 0
        ? ""
        : "\n  its first "
            + Numbers.grouped(tally.rows())
            + " rows are in the log; send only what follows them: a mended file is another one,"
            + " and would be taken from its beginning";
  }

  /** A file that lies still, from its beginning, when all of it could be read. */
  private FileSource checked(FileSource opened, String file) throws IOException {
    if (!opened.comesAgain()) {
      return opened;
    }
    try (opened;
        ProgressBar progress = progress()) {
      while (opened.next() != null) {
        FileSource.Progress at = opened.progress();
        progress.show(at.bytesRead(), at.bytesTotal(), "checking " + file);
      }
      progress.erase();
      return opened.again();
    }
  }

  private void sendPieces(String file, FileSource from, FileTally tally) throws IOException {
    try (FileSource source = from;
        ProgressBar progress = progress()) {
      sender.send(
          source,
          tally,
          (at, note) -> progress.show(at.bytesRead(), at.bytesTotal(), text(file, at, note)));
      progress.erase();
    }
  }

  private ProgressBar progress() {
    return new ProgressBar(terminal.err(), terminal.errIsTerminal(), System::currentTimeMillis);
  }

  private FileSource open(String file) throws FileException {
    return file.equals("-")
        ? FileSource.read(terminal.in(), "standard input", options)
        : FileSource.open(terminal.path(file), options);
  }

  private static String text(String file, FileSource.Progress at, Optional<String> note) {
    return file
        + ", "
        + Numbers.grouped(at.rows())
        + " rows"
        + note.map(text -> " (" + text + ")").orElse("");
  }

  private void tell(SentFile file, boolean oneOfMany) {
    file.rejects().stream()
        .limit(SHOWN_REJECTS)
        .forEach(row -> terminal.err().println(file.file() + ":" + row));
    if (file.rejected() > SHOWN_REJECTS) {
      terminal
          .err()
          .println(
              file.file()
                  + ": "
                  + Numbers.grouped(file.rejected() - SHOWN_REJECTS)
                  + " more; all of them: SELECT * FROM "
                  + stream
                  + "__quarantine");
    }
    if (!file.unknownText().isEmpty()) {
      terminal.err().println(file.file() + ": " + file.unknownText());
    }
    if (oneOfMany && !file.problem().isEmpty()) {
      terminal.err().println(file.problem());
    }
  }

  /** What was not taken, and what to do: what the command ends with if there is such a file. */
  String incomplete() {
    List<SentFile> bad =
        sent.stream().filter(file -> file.outcome() != SentFile.Outcome.TAKEN).toList();
    if (sent.size() == 1) {
      return bad.get(0).problem();
    }
    return "Could not take "
        + bad.size()
        + " of "
        + sent.size()
        + " files whole: "
        + String.join(", ", bad.stream().map(f -> f.file() + " (" + f.outcome() + ")").toList())
        + "\n  the others need not be sent again; if they are, nothing counts twice";
  }
}
