// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Nearest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole. */
@Command(
    name = "anabranch",
    header = "Data pipelines written once in SQL.",
    footer = {"Example:", "  anabranch run pipeline.sql", ""},
    description = {"", "Data pipelines written once in SQL, run as lambda or as kappa.", ""},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class Commands implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  /** Help opens with an example, which picocli knows as the footer. */
  private static final List<String> SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_FOOTER,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST);

  @Spec private CommandSpec spec;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log what happens on standard error.")
  private boolean verbose;

  private Commands() {}

  /** All commands, in the order in which a user meets them. */
  static CommandLine of(Terminal terminal) {
    Commands root = new Commands();
    CommandLine line = new CommandLine(root);
    List<Object> commands =
        List.of(
            new RunCommand(terminal),
            new IngestCommand(terminal),
            new SqlCommand(terminal),
            new StatusCommand(terminal),
            new BatchCommand(),
            new ReplayCommand(terminal),
            new VerifyCommand(terminal),
            new ExplainCommand(terminal),
            new CheckCommand(terminal),
            new DemoCommand(terminal),
            new CompletionCommand(terminal),
            new VersionCommand(terminal));
    commands.forEach(line::addSubcommand);
    CommandLine batch = line.getSubcommands().get("batch");
    batch.addSubcommand(new BatchRunCommand(terminal));
    batch.addSubcommand(new BatchListCommand(terminal));
    return configured(line, root, terminal);
  }

  private static CommandLine configured(CommandLine line, Commands root, Terminal terminal) {
    line.setOut(writer(terminal.out()));
    line.setErr(writer(terminal.err()));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(100);
    line.setParameterExceptionHandler((problem, arguments) -> root.explain(problem, terminal));
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> root.explain(problem, terminal));
    line.setExecutionStrategy(root::execute);
    addHelp(line);
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec().mixinStandardHelpOptions(false);
    line.getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Show this help.")
                .build());
    line.getCommandSpec().usageMessage().sortOptions(false).sectionKeys(SECTIONS);
    line.getSubcommands().values().forEach(Commands::addHelp);
  }

  private int execute(ParseResult parsed) {
    Logging.start(verbose);
    return new CommandLine.RunLast().execute(parsed);
  }

  private int explain(ParameterException problem, Terminal terminal) {
    terminal.err().println(sentence(problem.getMessage()));
    if (problem instanceof UnmatchedArgumentException unmatched) {
      near(unmatched).ifPresent(word -> terminal.err().println("Did you mean " + word + "?"));
    }
    String command = problem.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println("'" + command + " --help' shows an example and all options.");
    return ExitCode.USAGE;
  }

  private static Optional<String> near(UnmatchedArgumentException problem) {
    String word = problem.getUnmatched().get(0).replaceFirst("=.*", "");
    CommandLine.Model.CommandSpec command = problem.getCommandLine().getCommandSpec();
    return Nearest.of(
        word,
        word.startsWith("-") ? command.optionsMap().keySet() : command.subcommands().keySet());
  }

  private int explain(Exception problem, Terminal terminal) {
    terminal.err().println(sentence(String.valueOf(problem.getMessage())));
    if (problem instanceof CommandException known) {
      LOG.debug("the command failed", problem);
      return known.exitCode();
    }
    LOG.info("the command failed", problem);
    // Our own exceptions say what there is to say.
    if (!verbose && !problem.getClass().getName().startsWith("org.anabranch.")) {
      terminal.err().println("(" + problem.getClass().getName() + "; -v shows where)");
    }
    return ExitCode.FAILED;
  }

  private static String sentence(String message) {
    return message.strip();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new ParameterException(spec.commandLine(), "Cannot do nothing: name a command");
  }
}
