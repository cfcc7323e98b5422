// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What became of a file.
 *
 * @param file the file as the user named it
 * @param outcome whether all of it was taken
 * @param problem why not; empty if it was
 * @param accepted how many of its rows were accepted
 * @param rejected how many are in quarantine
 * @param repeated how many of its rows the server had before
 * @param rejects the first rejected rows: {@code line: column: reason}
 * @param unknown the fields that no column took
 * @param millis how long it took
 */
public record SentFile(
    String file,
    Outcome outcome,
    String problem,
    long accepted,
    long rejected,
    long repeated,
    List<String> rejects,
    UnknownReport unknown,
    long millis) {
  public SentFile {
    rejects = List.copyOf(rejects);
  }

  /** How far a file came. */
  public enum Outcome {
    /** The server has all its rows. */
    TAKEN,
    /** The server has its first rows, and cannot take the rest. */
    PARTLY_TAKEN,
    /** The server has nothing of it. */
    NOT_TAKEN,
    /** The server went away: it may have more than it has said. */
    INTERRUPTED,
    /** It was not its turn when the command ended. */
    NOT_TRIED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /** A file that was not looked at. */
  public static SentFile notTried(String file) {
    UnknownReport none = new UnknownReport(0, java.util.Map.of());
    return new SentFile(file, Outcome.NOT_TRIED, "", 0, 0, 0, List.of(), none, 0);
  }

  /** What fields no column took, for eyes; empty if every field was taken. */
  public String unknownText() {
    return unknown.text();
  }

  public long unknownFields() {
    return unknown.count();
  }

  public ObjectNode json() {
    ObjectNode node =
        Server.JSON
            .createObjectNode()
            .put("file", file)
            .put("rows", accepted + rejected)
            .put("accepted", accepted)
            .put("rejected", rejected)
            .put("repeated", repeated)
            .put("millis", millis);
    rejects.forEach(node.putArray("rejects")::add);
    ObjectNode names = node.putObject("unknownFields").put("count", unknown.count());
    ObjectNode counts = names.putObject("names");
    unknown.names().forEach((name, one) -> counts.put(name, one.count()));
    return node.put("outcome", outcome.toString()).put("problem", problem);
  }
}
