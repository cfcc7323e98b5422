// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds a command: its streams, its environment, its working directory.
 *
 * @param in standard input
 * @param out standard output: data only
 * @param err standard error: everything else
 * @param interactive whether standard input is a terminal
 * @param outIsTerminal whether standard output is one
 * @param errIsTerminal whether standard error is one
 * @param environment the environment's variables
 * @param directory where relative paths start
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean interactive,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Map<String, String> environment,
    Path directory) {

  /** The process's own; the launcher says which of its descriptors 0, 1, 2 are terminals. */
  static Terminal ofProcess() {
    String terminals = System.getProperty("anabranch.terminals", "");
    return new Terminal(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        terminals.contains("0"),
        terminals.contains("1"),
        terminals.contains("2"),
        System.getenv(),
        Path.of(""));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** A path as the user wrote it. */
  public Path path(String written) {
    return directory.resolve(written);
  }

  /** Colour is for eyes only, and only for those who did not decline it. */
  public boolean colour() {
    return outIsTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }
}
