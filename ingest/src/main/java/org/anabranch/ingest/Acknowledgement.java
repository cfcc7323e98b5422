// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.List;
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
 */
public record Acknowledgement(
    String stream,
    Coverage coverage,
    long accepted,
    long rejected,
    List<RejectedRow> rejects,
    boolean repeated,
    UnknownFields unknown) {
  public Acknowledgement {
    rejects = List.copyOf(rejects);
  }

  /** What to wait for to see the events in answers. */
  public Receipt receipt() {
    return Receipt.of(stream, coverage);
  }
}
