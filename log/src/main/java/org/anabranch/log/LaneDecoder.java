// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.anabranch.view.Chunk;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;

/**
 * Reads chunks of a lane, each judged by the stream version that owns it and with the columns of
 * the stream as it is now. Owned by one thread.
 */
final class LaneDecoder {
  private final Lane lane;
  private final Schema schema;
  private final NavigableMap<Long, ChunkDecoder> decoders = new TreeMap<>();
  private final List<LogRecord> records = new ArrayList<>();

  LaneDecoder(Lane lane, StreamDefinition stream, List<LaneVersion> versions) {
    this.lane = lane;
    this.schema = stream.rowSchema();
    for (LaneVersion version : versions) {
      if (decoders.put(version.from(), new ChunkDecoder(version)) != null) {
        throw new IllegalArgumentException(
            "Cannot have two stream versions from position " + version.from() + " of " + lane);
      }
    }
  }

  /** The next chunk below a position, or null if there is none yet. */
  Chunk next(LaneReader reader, long limit) {
    Map.Entry<Long, ChunkDecoder> owner = decoders.floorEntry(reader.position());
    if (owner == null) {
      throw new IllegalArgumentException(
          "Cannot decode position "
              + reader.position()
              + " of lane "
              + lane
              + ": no stream version owns it");
    }
    Long following = decoders.higherKey(owner.getKey());
    records.clear();
    Range range = reader.read(following == null ? limit : Math.min(limit, following), records::add);
    return range.isEmpty()
        ? null
        : conform(owner.getValue().decode(lane, range, records, reader.leaderEpoch()));
  }

  private Chunk conform(Chunk chunk) {
    return chunk.rows().schema().equals(schema)
        ? chunk
        : new Chunk(
            chunk.rows().conform(schema),
            chunk.quarantined(),
            chunk.leaderEpoch(),
            chunk.unknownFields());
  }
}
