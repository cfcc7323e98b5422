// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.List;
import java.util.Map;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.StaleException;
import org.anabranch.view.StreamDefinition;
import org.apache.iceberg.UpdateSchema;

/** The definitions that a stream has had, and from which positions on each decides verdicts. */
public final class StreamVersions {
  private final LakeTable master;
  private final Clock clock;

  StreamVersions(LakeTable master, Clock clock) {
    this.master = master;
    this.clock = clock;
  }

  /** All versions, the oldest first. */
  public List<StreamVersion> all() {
    return StreamState.of(master.read().properties()).versions();
  }

  /** The version that decides from some position of each lane on. */
  public StreamVersion latest() {
    List<StreamVersion> all = all();
    return all.get(all.size() - 1);
  }

  /**
   * Records a new version and gives the master dataset its columns, in one commit.
   *
   * @param expectedLatest number of the version that the caller knows as the latest
   * @param definition the new definition
   * @param starts the first position of each registered lane that it decides; nothing at or after
   *     it may be in the master dataset
   * @throws StaleException if there is a newer version, or rows were appended beyond a start
   * @throws LakeException if rows of earlier versions do not fit the new columns
   */
  public StreamVersion add(
      int expectedLatest, StreamDefinition definition, Map<Lane, Long> starts) {
    return master.commit(
        attempt -> {
          StreamState state = StreamState.of(attempt.base().properties());
          requireLatest(state, expectedLatest);
          StreamVersion version =
              new StreamVersion(
                  expectedLatest + 1, definition.sql(), starts, clock.millis(), false);
          requireStarts(state, version, PositionedTable.coverage(attempt.base()));
          attempt.set(Properties.VERSION + version.number(), version.lines().toString());
          SchemaChange change = new SchemaChange(attempt.base().schema(), definition.rowSchema());
          if (change.isEmpty()) {
            attempt.commit();
          } else {
            UpdateSchema update = attempt.table().updateSchema();
            change.apply(update);
            update.commit();
          }
          return version;
        });
  }

  private static void requireLatest(StreamState state, int expected) {
    if (state.latestVersion() != expected) {
      throw new StaleException(
          "Cannot add a version to stream %s after version %d: the latest is %d"
              .formatted(state.stream(), expected, state.latestVersion()));
    }
  }

  private static void requireStarts(StreamState state, StreamVersion version, Coverage covered) {
    for (RegisteredLane lane : state.lanes().values()) {
      if (lane.closed().isEmpty() && !version.starts().containsKey(lane.lane())) {
        throw new StaleException(
            "Cannot add version %d to stream %s: it has no start for lane %s"
                .formatted(version.number(), state.stream(), lane.lane()));
      }
    }
    Coverage judged = version.owned(covered);
    judged = closedLeftOut(state, judged);
    if (!judged.isEmpty()) {
      throw new StaleException(
          "Cannot start version %d of stream %s at %s: appended by earlier versions were %s"
              .formatted(version.number(), state.stream(), version.starts(), judged));
    }
  }

  private static Coverage closedLeftOut(StreamState state, Coverage judged) {
    Coverage.Builder open = new Coverage.Builder();
    judged
        .ranges()
        .forEach(
            (lane, ranges) -> {
              if (state.lanes().get(lane).closed().isEmpty()) {
                ranges.forEach(range -> open.add(lane, range));
              }
            });
    return open.build();
  }
}
