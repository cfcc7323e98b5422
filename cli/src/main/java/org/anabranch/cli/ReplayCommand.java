// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.anabranch.cli.client.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asks for a replay of one view. */
@Command(
    name = "replay",
    header = "Fold a view anew from all history.",
    footer = {"Example:", "  anabranch replay delays", ""},
    description = {
      "",
      "Folds all history of one view anew behind the one that answers, and swaps them. Waits for"
          + " the end.",
      ""
    })
final class ReplayCommand extends RunWatch {
  @Parameters(paramLabel = "VIEW", description = "The view.")
  private String view;

  ReplayCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String path() {
    return "/v1/views/" + Server.encoded(view) + "/replay";
  }

  @Override
  JsonNode request() {
    return Server.JSON.createObjectNode();
  }
}
