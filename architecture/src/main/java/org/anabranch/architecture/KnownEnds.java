// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.anabranch.ingest.IngestStream;
import org.anabranch.ingest.KeptLane;
import org.anabranch.lake.LakeStream;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.Publisher;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.StreamLedger;

/**
 * How far a lane had come, from all that speaks of it outside the log: acknowledgements, segments,
 * the quarantine, the account of the last checkpoint.
 */
final class KnownEnds implements LostHistory.Reached {
  private final Parts parts;
  private final LakeStream lake;
  private final SegmentStore.Manifest manifest;
  private final Path keys;

  /**
   * @param keys where it is written down which requests are known
   */
  KnownEnds(Parts parts, LakeStream lake, SegmentStore.Manifest manifest, Path keys) {
    this.parts = parts;
    this.lake = lake;
    this.manifest = manifest;
    this.keys = keys;
  }

  @Override
  public long end(Lane lane) {
    long end = Math.max(lake.quarantine().coverage().end(lane), acknowledged(lane));
    for (SegmentStore.Entry entry : manifest.segments()) {
      end = Math.max(end, entry.coverage().end(lane));
    }
    String text = manifest.properties().getOrDefault(Publisher.LEDGER, "");
    LaneLedger checkpointed = StreamLedger.parse(text).lanes().get(lane);
    return Math.max(end, Optional.ofNullable(checkpointed).map(LaneLedger::position).orElse(0L));
  }

  private long acknowledged(Lane lane) {
    return parts.log().acknowledged().end(lane.topicId(), lane.partition());
  }

  /**
   * On a cluster others append too, and nobody knows how far they had come; nor does anybody of a
   * lane that was filled before acknowledgements were remembered.
   */
  @Override
  public boolean isComplete(Lane lane) {
    boolean remembered = acknowledged(lane) > 0 || lake.master().coverage().ranges(lane).isEmpty();
    return parts.settings().cluster().isEmpty() && remembered;
  }

  @Override
  public void keepKeys(StreamLog log, Map<Lane, KeptLane> lanes) throws IOException {
    IngestStream.keepKeys(keys, log, lanes, parts.clock(), parts.budgets().requests());
  }

  @Override
  public void lower(Lane lane, long end) {
    parts.log().acknowledged().accept(lane.topicId(), lane.partition(), end);
  }
}
