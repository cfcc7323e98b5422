// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import java.io.IOException;

/** The server answered, and not with what was asked for. */
public final class ServerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient ServerProblem problem;

  ServerException(ServerProblem problem) {
    super(problem.render());
    this.problem = problem;
  }

  public ServerProblem problem() {
    return problem;
  }
}
