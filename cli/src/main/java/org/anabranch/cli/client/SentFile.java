// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What became of a file.
 *
 * @param file the file as the user named it
 * @param accepted how many of its rows were accepted
 * @param rejected how many are in quarantine
 * @param repeated how many of its rows the server had before
 * @param rejects the first rejected rows: {@code line: column: reason}
 * @param millis how long it took
 */
public record SentFile(
    String file, long accepted, long rejected, long repeated, List<String> rejects, long millis) {
  public SentFile {
    rejects = List.copyOf(rejects);
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
    return node;
  }
}
