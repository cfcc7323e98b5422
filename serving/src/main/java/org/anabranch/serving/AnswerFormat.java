// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** How an answer is written. The receipt of CSV is the caller's. */
public enum AnswerFormat {
  /** One object: columns, rows as objects, receipt with what each relation stands on, next page. */
  JSON("application/json"),
  /** One object a row and line, and a last line that says how many rows there were. */
  NDJSON("application/x-ndjson"),
  /** RFC 4180 with a header; NULL is empty, the empty text is {@code ""}. */
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
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    switch (this) {
      case JSON -> JsonText.whole(answer, writer);
      case NDJSON -> JsonText.lines(answer, writer);
      case CSV -> CsvText.write(answer, writer);
    }
    writer.flush();
  }
}
