// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What one command line gave.
 *
 * @param exitCode what it ended with
 * @param out its standard output
 * @param err its standard error
 */
record CommandRun(int exitCode, String out, String err) {
  /** Where and with what a command runs. */
  static final class Setup {
    private final Map<String, String> environment = new HashMap<>();
    private Path directory = Path.of("");
    private String in = "";
    private boolean terminals;

    Setup environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    Setup directory(Path where) {
      directory = where;
      return this;
    }

    Setup in(String text) {
      in = text;
      return this;
    }

    Setup onTerminal() {
      terminals = true;
      return this;
    }

    CommandRun run(String... arguments) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Terminal terminal =
          new Terminal(
              new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              false,
              terminals,
              terminals,
              environment,
              directory);
      int exitCode = Commands.of(terminal).execute(arguments);
      return new CommandRun(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  static CommandRun of(String... arguments) {
    return new Setup().run(arguments);
  }
}
