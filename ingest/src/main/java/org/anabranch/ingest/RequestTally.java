// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anabranch.format.NearestField;
import org.anabranch.format.UnknownFields;
import org.anabranch.log.Event;
import org.anabranch.view.Coverage;
import org.anabranch.view.Receipt;
import org.anabranch.view.StreamDefinition;

/** What became of a request so far, piece after piece. */
final class RequestTally {
  private final StreamDefinition stream;
  private final long firstLine;
  private final int listedRejects;
  private final List<RejectedRow> rejects = new ArrayList<>();
  private UnknownFields unknown = UnknownFields.NONE;
  private Coverage coverage = Coverage.EMPTY;
  private long accepted;
  private long rejected;
  private long appended;
  private boolean repeated;
  private int partition = Event.ANY_PARTITION;

  RequestTally(StreamDefinition stream, long firstLine, int listedRejects) {
    this.stream = stream;
    this.firstLine = firstLine;
    this.listedRejects = listedRejects;
  }

  /** The line in what the sender sees. */
  long line(long lineOfBody) {
    return firstLine + lineOfBody - 1;
  }

  int rejectsLeft() {
    return listedRejects - rejects.size();
  }

  /** Where events without a key go, once the first of them are somewhere. */
  int partition() {
    return partition;
  }

  void partition(int chosen) {
    if (stream.key().isEmpty()) {
      partition = chosen;
    }
  }

  /** A piece has its verdicts. */
  void judged(Judge.Judgement judged, int rejectedAtFirst, boolean before) {
    accepted += judged.events().size() - rejectedAtFirst;
    rejected += rejectedAtFirst;
    judged
        .rejects()
        .forEach(row -> rejects.add(new RejectedRow(line(row.line()), row.rejection())));
    unknown = unknown.plus(judged.unknown());
    repeated |= before;
  }

  /** The log has so many events more. */
  void appended(Coverage where, long events) {
    coverage = coverage.plus(where);
    appended += events;
  }

  Acknowledgement acknowledgement() {
    Map<String, String> nearest = new HashMap<>();
    for (String name : unknown.names().keySet()) {
      NearestField.of(name, stream).ifPresent(field -> nearest.put(name, field));
    }
    return new Acknowledgement(
        stream.name(), coverage, accepted, rejected, rejects, repeated, unknown, nearest);
  }

  /** What is in the log of a request that goes no further, or nothing. */
  Optional<IngestException.Beginning> beginning() {
    return appended == 0
        ? Optional.empty()
        : Optional.of(new IngestException.Beginning(appended, Receipt.of(stream.name(), coverage)));
  }
}
