// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.output.Table;
import org.anabranch.sql.Script;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.View;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads a pipeline and says all that is wrong with it; nothing is started. */
@Command(
    name = "check",
    header = "Show a pipeline's problems.",
    footer = {"Example:", "  anabranch check pipeline.sql", ""},
    description = {"", "Reads a pipeline and shows all of its problems. Starts nothing.", ""})
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "PIPELINE.sql", description = "The pipeline's definitions.")
  private String file;

  @Mixin private OutputOptions output = new OutputOptions();

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path path = terminal.path(file);
    Script script = PipelineFile.read(path);
    Table table = Table.of("kind", "name", "of", "columns");
    ArrayNode items = Server.JSON.createArrayNode();
    for (StreamDefinition stream : script.streams()) {
      String columns = String.join(", ", stream.schema().names());
      table.row("stream", stream.name(), stream.format(), columns);
      items.add(item("stream", stream.name(), stream.format(), columns));
    }
    for (View view : script.views()) {
      String columns = String.join(", ", view.schema().names());
      table.row("view", view.name(), view.fold().stream(), columns);
      items.add(item("view", view.name(), view.fold().stream(), columns));
    }
    output.print(terminal, items, items, table);
    return ExitCode.OK;
  }

  private static ObjectNode item(String kind, String name, String of, String columns) {
    return Server.JSON
        .createObjectNode()
        .put("kind", kind)
        .put("name", name)
        .put("of", of)
        .put("columns", columns);
  }
}
