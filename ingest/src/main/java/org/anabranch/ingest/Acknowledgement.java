// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.List;
import java.util.Map;
import org.anabranch.format.UnknownFields;
import org.anabranch.view.Coverage;
import org.anabranch.view.Receipt;

/**
 * What became of a request: the log has all its events.
 *
 * @param stream the stream's name
 * @param coverage the positions of its events, good and bad
 * @param accepted how many events are rows
 * @param rejected how many events are in quarantine
 * @param rejects the first of those
 * @param repeated whether the log had events of this request before
 * @param unknown the fields and header columns that no column took
 * @param nearest the fields that were probably meant by some of those
 */
public record Acknowledgement(
    String stream,
    Coverage coverage,
    long accepted,
    long rejected,
    List<RejectedRow> rejects,
    boolean repeated,
    UnknownFields unknown,
    Map<String, String> nearest) {
  public Acknowledgement {
    rejects = List.copyOf(rejects);
    nearest = Map.copyOf(nearest);
  }

  /** What to wait for to see the events in answers. */
  public Receipt receipt() {
    return Receipt.of(stream, coverage);
  }
}
