// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.anabranch.cli.output.Format;
import org.anabranch.cli.shell.QueryPrinter;
import org.anabranch.cli.shell.Shell;
import org.anabranch.cli.shell.Statements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks a question in SQL, or opens a shell. */
@Command(
    name = "sql",
    header = "Ask in SQL, or open a shell.",
    footer = {
      "Example:",
      "  anabranch sql \"SELECT * FROM delays ORDER BY flights DESC LIMIT 5\"",
      ""
    },
    description = {
      "",
      "Answers one SELECT over views, streams and quarantines. Without an argument: a shell on a"
          + " terminal (\\d lists relations, \\q leaves), else the statements of the standard input,"
          + " each ending in a semicolon.",
      ""
    })
final class SqlCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..1", paramLabel = "SELECT", description = "The statement.")
  private String statement;

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  SqlCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Format format = output.format();
    return connection.with(
        terminal,
        server -> {
          QueryPrinter printer =
              new QueryPrinter(server, format, terminal.out(), terminal.colour());
          if (statement != null) {
            printer.print(statement);
          } else if (terminal.interactive() && terminal.outIsTerminal()) {
            new Shell(server, printer, terminal).run();
          } else {
            runInput(printer);
          }
          return ExitCode.OK;
        });
  }

  private void runInput(QueryPrinter printer) throws IOException {
    String text = new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
    for (String next : Statements.of(text).all()) {
      printer.print(next);
    }
    terminal.out().flush();
  }
}
