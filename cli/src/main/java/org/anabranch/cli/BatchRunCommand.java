// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.anabranch.cli.client.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks for a batch run. */
@Command(
    name = "run",
    header = "Fold history up to a cut.",
    footer = {"Example:", "  anabranch batch run --full", ""},
    description = {
      "",
      "Folds history up to a cut and puts the result in the place of what answers below it."
          + " Waits for the end.",
      ""
    })
final class BatchRunCommand extends RunWatch {
  @Option(names = "--full", description = "Fold all history again, not only what is new.")
  private boolean full;

  BatchRunCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String path() {
    return "/v1/batch";
  }

  @Override
  JsonNode request() {
    return Server.JSON.createObjectNode().put("full", full);
  }
}
