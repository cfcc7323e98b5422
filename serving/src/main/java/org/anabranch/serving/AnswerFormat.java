// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.IOException;
import java.io.OutputStream;

/** How an answer is written. */
public enum AnswerFormat {
  JSON("application/json"),
  NDJSON("application/x-ndjson"),
  CSV("text/csv; charset=utf-8");

  private final String contentType;

  AnswerFormat(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /** Writes all rows that are left, in UTF-8; the stream is flushed and not closed. */
  public void write(Answer answer, OutputStream out) throws IOException {
    throw new IOException("Cannot write " + this + " yet: " + answer + out);
  }
}
