// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import org.anabranch.cli.client.CutAnswerException;
import org.anabranch.cli.client.Server;
import org.anabranch.cli.client.ServerException;
import org.anabranch.cli.config.DurationText;
import picocli.CommandLine.Option;

/** Which server a command talks to. */
final class ConnectionOptions {
  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server; default $ANABRANCH_URL, else " + DEFAULT_URL + ".")
  private String url;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "5m",
      description = "How long to wait for an answer; default ${DEFAULT-VALUE}.")
  private String timeout;

  /** A use of the server. */
  interface Use<T> {
    T of(Server server) throws IOException;
  }

  Server server(Terminal terminal) {
    String chosen =
        url != null ? url : terminal.environment().getOrDefault("ANABRANCH_URL", DEFAULT_URL);
    try {
      URI uri = URI.create(chosen.strip());
      if (uri.getHost() == null || !("http".equals(uri.getScheme()) || isTls(uri))) {
        throw new IllegalArgumentException("it is not of the form http://HOST:PORT");
      }
      long millis = DurationText.millis(timeout);
      if (millis == 0) {
        throw new IllegalArgumentException("no answer takes no time; give more, such as 30s");
      }
      return new Server(uri, Duration.ofMillis(millis));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "Cannot use server '" + chosen + "', timeout '" + timeout + "': " + e.getMessage());
    }
  }

  private static boolean isTls(URI uri) {
    return "https".equals(uri.getScheme());
  }

  /** Uses the server; what goes wrong becomes a message and an exit code. */
  <T> T with(Terminal terminal, Use<T> use) {
    Server server = server(terminal);
    try {
      return use.of(server);
    } catch (IOException e) {
      throw explained(server, e);
    }
  }

  long timeoutMillis() {
    return Durations.millis("--timeout", timeout);
  }

  static CommandException explained(Server server, IOException problem) {
    if (problem instanceof ServerException answered) {
      boolean unavailable = answered.problem().status() == 503;
      return new CommandException(
          unavailable ? ExitCode.UNAVAILABLE : ExitCode.FAILED, problem.getMessage(), problem);
    }
    if (problem instanceof CutAnswerException) {
      return new CommandException(ExitCode.FAILED, problem.getMessage(), problem);
    }
    if (problem instanceof InterruptedIOException
        && !(problem instanceof java.net.SocketTimeoutException)) {
      return new CommandException(ExitCode.INTERRUPTED, problem.getMessage(), problem);
    }
    return new CommandException(
        ExitCode.UNAVAILABLE,
        "Cannot reach "
            + server.url()
            + ": "
            + reason(problem)
            + "\n  start a server with 'anabranch run PIPELINE.sql', or name another with --url or"
            + " ANABRANCH_URL",
        problem);
  }

  private static String reason(IOException problem) {
    if (problem instanceof java.net.http.HttpTimeoutException) {
      return "no answer in time (--timeout)";
    }
    if (problem instanceof java.net.ConnectException) {
      return "nothing listens there";
    }
    String message = problem.getMessage();
    return message == null ? problem.getClass().getSimpleName() : message;
  }
}
