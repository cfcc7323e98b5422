// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script. */
@Command(
    name = "completion",
    header = "Print a completion script.",
    footer = {"Example:", "  source <(anabranch completion)", ""},
    description = {"", "Prints a completion script for bash and zsh.", ""})
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().print(AutoComplete.bash("anabranch", spec.parent().commandLine()));
    terminal.out().flush();
    return ExitCode.OK;
  }
}
