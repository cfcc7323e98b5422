// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.output;

/** How a command writes its data. */
public enum Format {
  TABLE("application/json"),
  JSON("application/json"),
  NDJSON("application/x-ndjson"),
  CSV("text/csv");

  private final String accept;

  Format(String accept) {
    this.accept = accept;
  }

  /** The content type to ask a server for. */
  public String accept() {
    return accept;
  }
}
