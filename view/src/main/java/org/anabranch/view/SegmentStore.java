// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The durable segments of one stream and what is said of them. One commit changes all of it at
 * once, or nothing.
 */
public interface SegmentStore extends AutoCloseable {
  /** What the last commit left, read again from the durable catalog. */
  Manifest manifest() throws IOException;

  /**
   * Publishes a change in one commit.
   *
   * <p>It wins exactly if every removed segment and every expected property still is as the change
   * takes it to be, and if the segments of each fold are disjoint afterwards; what others published
   * meanwhile is kept. All bytes are durable before the commit.
   *
   * @return what the commit left
   * @throws StaleException if it lost; nothing is changed
   */
  Manifest publish(Change change) throws IOException;

  /** Opens a segment of the manifest from its local file, made again from the lake if need be. */
  Segment open(Entry entry) throws IOException;

  @Override
  void close();

  /** Who made a segment. */
  enum Origin {
    SPEED,
    BATCH,
    REPLAY
  }

  /**
   * A durable segment.
   *
   * @param id unique for ever
   * @param fold {@link Fold#identity}
   * @param origin who made it
   * @param coverage what it accounts for
   * @param tally how its rows fared
   * @param groups how many groups it has
   * @param bytes size of keys and states
   * @param digest {@link Segment#digest}
   * @param createdAt epoch milliseconds
   */
  record Entry(
      String id,
      String fold,
      Origin origin,
      Coverage coverage,
      Tally tally,
      long groups,
      long bytes,
      String digest,
      long createdAt) {}

  /**
   * All durable segments of the stream, and named texts beside them (view versions, ledgers).
   *
   * @param version grows with every commit
   */
  record Manifest(long version, List<Entry> segments, Map<String, String> properties) {
    public Manifest {
      segments = List.copyOf(segments);
      properties = Map.copyOf(properties);
    }
  }

  /** A segment to be made durable. */
  record Addition(Segment segment, Origin origin) {}

  /**
   * What one commit does.
   *
   * @param added segments to store
   * @param removed ids of segments that are replaced
   * @param expected properties that must still have these values (an empty text: absent)
   * @param properties properties to set (an empty text removes)
   */
  record Change(
      List<Addition> added,
      Set<String> removed,
      Map<String, String> expected,
      Map<String, String> properties) {
    public Change {
      added = List.copyOf(added);
      removed = Set.copyOf(removed);
      expected = Map.copyOf(expected);
      properties = Map.copyOf(properties);
    }
  }
}
