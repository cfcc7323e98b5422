// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says which version this is. */
@Command(
    name = "version",
    header = "Print the version.",
    footer = {"Example:", "  anabranch version", ""},
    description = {"", "Prints the versions of Anabranch and of Java.", ""})
final class VersionCommand implements Callable<Integer> {
  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    }
    terminal
        .out()
        .println(
            "anabranch " + properties.getProperty("version") + " (Java " + Runtime.version() + ")");
    return ExitCode.OK;
  }
}
