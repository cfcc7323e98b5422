// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli;

/** The process. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Terminal terminal = Terminal.ofProcess();
    int exitCode = Commands.of(terminal).execute(arguments);
    terminal.out().flush();
    terminal.err().flush();
    System.exit(exitCode);
  }
}
