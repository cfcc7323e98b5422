// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what concerns batch runs. */
@Command(
    name = "batch",
    header = "Start or list batch runs.",
    footer = {"Example:", "  anabranch batch run", ""},
    description = {"", "Starts or lists runs of the batch layer.", ""},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class BatchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Cannot tell what to do: say run or list");
  }
}
