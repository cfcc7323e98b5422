// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.shell;

import java.io.IOException;
import java.nio.file.Path;
import org.anabranch.cli.Terminal;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.client.ServerException;
import org.anabranch.cli.output.Numbers;
import org.anabranch.cli.output.TableText;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.TerminalBuilder;

/** Questions and answers on a terminal, with history, completion, and statements of many lines. */
public final class Shell {
  private static final String HELP =
      """
      A statement ends with a semicolon and may take several lines.
        \\d         relations            \\d NAME    columns of a relation
        \\?         this help            \\q         leave (or Ctrl-D)
      """;

  private final Server server;
  private final QueryPrinter printer;
  private final Terminal around;

  public Shell(Server server, QueryPrinter printer, Terminal around) {
    this.server = server;
    this.printer = printer;
    this.around = around;
  }

  public void run() throws IOException {
    Names names = Names.of(server);
    around.out().println("Connected to " + server.url() + ". \\? for help, \\q to leave.");
    try (org.jline.terminal.Terminal terminal = TerminalBuilder.builder().build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .parser(parser())
              .completer(new StringsCompleter(names.words()))
              .variable(LineReader.HISTORY_FILE, history())
              .variable(LineReader.SECONDARY_PROMPT_PATTERN, "        -> ")
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .option(LineReader.Option.CASE_INSENSITIVE, true)
              .build();
      boolean goesOn = true;
      while (goesOn) {
        goesOn = next(reader, names);
      }
      reader.getHistory().save();
    }
  }

  private static Path history() {
    return Path.of(System.getProperty("user.home"), ".anabranch_history");
  }

  /** Asks for more lines until a statement is complete. */
  private static Parser parser() {
    DefaultParser words = new DefaultParser().escapeChars(null).quoteChars(new char[0]);
    return (line, cursor, context) -> {
      if (context != Parser.ParseContext.COMPLETE && isOpen(line)) {
        throw new EOFError(-1, cursor, "a statement ends with a semicolon", "");
      }
      return words.parse(line, cursor, Parser.ParseContext.COMPLETE);
    };
  }

  static boolean isOpen(String text) {
    return !text.isBlank()
        && !text.strip().startsWith("\\")
        && !Statements.of(text).rest().isEmpty();
  }

  private boolean next(LineReader reader, Names names) throws IOException {
    try {
      String text = reader.readLine("anabranch> ").strip();
      if (text.startsWith("\\")) {
        return command(text, names);
      }
      for (String statement : Statements.of(text).all()) {
        ask(statement);
      }
      return true;
    } catch (UserInterruptException cancelled) {
      return true;
    } catch (EndOfFileException end) {
      return false;
    }
  }

  private boolean command(String text, Names names) {
    if (text.equals("\\q")) {
      return false;
    }
    if (text.equals("\\d") || text.startsWith("\\d ")) {
      new TableText(around.colour(), "")
          .print(names.table(text.substring(2).strip()), around.out());
    } else {
      around.out().print(HELP);
    }
    return true;
  }

  private void ask(String statement) throws IOException {
    long began = System.nanoTime();
    try {
      long rows = printer.print(statement);
      long millis = (System.nanoTime() - began) / 1_000_000;
      if (rows >= 0) {
        String counted = Numbers.grouped(rows) + (rows == 1 ? " row, " : " rows, ");
        around.out().println(counted + Numbers.duration(millis));
      }
    } catch (ServerException e) {
      around.err().println(e.getMessage());
    }
  }
}
