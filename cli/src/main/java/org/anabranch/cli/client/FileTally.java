// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server has said of a file's pieces so far. */
public final class FileTally {
  private static final int LISTED_REJECTS = 100;

  private final String file;
  private final long began = System.nanoTime();
  private final List<String> rejects = new ArrayList<>();
  private final Map<String, Unknown> unknown = new LinkedHashMap<>();
  private long accepted;
  private long rejected;
  private long repeated;
  private long unknownFields;

  /**
   * A field that no column takes.
   *
   * @param count how often it came
   * @param nearest the field that was probably meant, or an empty text
   */
  record Unknown(long count, String nearest) {
    Unknown plus(Unknown other) {
      return new Unknown(count + other.count, nearest);
    }
  }

  public FileTally(String file) {
    this.file = file;
  }

  void add(JsonNode answer) {
    long rows = answer.path("accepted").asLong() + answer.path("rejected").asLong();
    accepted += answer.path("accepted").asLong();
    rejected += answer.path("rejected").asLong();
    repeated += answer.path("repeated").asBoolean() ? rows : 0;
    for (JsonNode reject : answer.path("rejects")) {
      if (rejects.size() < LISTED_REJECTS) {
        rejects.add(line(reject));
      }
    }
    JsonNode fields = answer.path("unknownFields");
    unknownFields += fields.path("count").asLong();
    fields
        .path("names")
        .properties()
        .forEach(
            name ->
                unknown.merge(
                    name.getKey(),
                    new Unknown(
                        name.getValue().asLong(),
                        fields.path("nearest").path(name.getKey()).asText("")),
                    Unknown::plus));
  }

  /** The server counts from the piece's first line, so that this is the file's. */
  private static String line(JsonNode reject) {
    String column = reject.path("column").asText("");
    return reject.path("line").asText()
        + (column.isEmpty() || reject.path("column").isNull() ? "" : ": " + column)
        + ": "
        + reject.path("reason").asText();
  }

  /** How many rows the server has. */
  public long rows() {
    return accepted + rejected;
  }

  /** All of the file was sent. */
  public SentFile taken() {
    return sent(SentFile.Outcome.TAKEN, "");
  }

  /** The file could not be sent to its end. */
  public SentFile failed(String problem) {
    return sent(rows() > 0 ? SentFile.Outcome.PARTLY_TAKEN : SentFile.Outcome.NOT_TAKEN, problem);
  }

  /** The server could not be asked any further: it may have more than it has said. */
  public SentFile interrupted(String problem) {
    return sent(SentFile.Outcome.INTERRUPTED, problem);
  }

  private SentFile sent(SentFile.Outcome outcome, String problem) {
    return new SentFile(
        file,
        outcome,
        problem,
        accepted,
        rejected,
        repeated,
        rejects,
        new UnknownReport(unknownFields, unknown),
        (System.nanoTime() - began) / 1_000_000);
  }
}
