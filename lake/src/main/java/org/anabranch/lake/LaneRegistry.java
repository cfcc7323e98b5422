// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/** Which lanes a stream's history is made of: where each opens, where it ends, what is missing. */
public final class LaneRegistry {
  private final LakeTable master;
  private final LakeTable quarantine;
  private final Clock clock;

  LaneRegistry(LakeTable master, LakeTable quarantine, Clock clock) {
    this.master = master;
    this.quarantine = quarantine;
    this.clock = clock;
  }

  private StreamState state() {
    return StreamState.of(master.read().properties());
  }

  /** All lanes that ever were registered. */
  public List<RegisteredLane> lanes() {
    return List.copyOf(state().lanes().values());
  }

  /** The lane that takes a partition's events now, if one does. */
  public Optional<RegisteredLane> open(String topicId, int partition) {
    return lanes().stream()
        .filter(lane -> lane.closed().isEmpty())
        .filter(lane -> lane.lane().topicId().equals(topicId))
        .filter(lane -> lane.lane().partition() == partition)
        .findFirst();
  }

  /** All gaps that were accepted. */
  public List<AcceptedGap> gaps() {
    return state().gaps();
  }

  /** Where the next append to the master dataset must start. */
  public long next(Lane lane) {
    var metadata = master.read();
    return StreamState.of(metadata.properties()).next(lane, PositionedTable.coverage(metadata));
  }

  /** Where the next append to the quarantine must start. */
  public long nextQuarantined(Lane lane) {
    return state().next(lane, PositionedTable.coverage(quarantine.read()));
  }

  /**
   * Registers a lane. A lane that is registered already stays as it is, unless it is closed: then
   * the next incarnation of the partition opens.
   *
   * @param topicId the broker's id of the topic
   * @param partition the partition
   * @param opening where it begins
   * @param acceptNewIncarnation whether a topic id may take the place of an older one, whose lanes
   *     are closed then: what they had and the lake had not is gone
   */
  public Lane register(
      String topicId, int partition, LaneOpening opening, boolean acceptNewIncarnation) {
    return master.commit(
        attempt -> {
          StreamState state = StreamState.of(attempt.base().properties());
          Lane lane = lane(state, topicId, partition, acceptNewIncarnation);
          if (state.lanes().containsKey(lane)) {
            return lane;
          }
          closeOlder(attempt, state, lane);
          open(attempt, lane, opening);
          attempt.commit();
          return lane;
        });
  }

  /** The same of a lane without a mark. */
  public Lane register(String topicId, int partition, long opened, boolean acceptNewIncarnation) {
    return register(topicId, partition, LaneOpening.at(opened), acceptNewIncarnation);
  }

  /**
   * Closes a lane for ever where its history ends and opens the next incarnation of its partition,
   * in one commit: for a log that lost its tail, where new events come at positions that meant
   * others before.
   *
   * @param opening where the next incarnation begins
   * @return the lane that opened
   */
  public Lane succeed(Lane ended, LaneOpening opening, String reason) {
    return master.commit(
        attempt -> {
          StreamState state = StreamState.of(attempt.base().properties());
          RegisteredLane open = require(state, ended);
          if (open.closed().isPresent()) {
            return newestOf(state, ended.topicId(), ended.partition()).orElseThrow();
          }
          close(attempt, state, open, PositionedTable.coverage(attempt.base()), reason);
          Lane next = new Lane(ended.topicId(), newest(state) + 1, ended.partition());
          open(attempt, next, opening);
          attempt.commit();
          return next;
        });
  }

  private void open(Attempt attempt, Lane lane, LaneOpening opening) {
    RegisteredLane opened =
        new RegisteredLane(
            lane,
            opening.position(),
            opening.mark(),
            clock.millis(),
            OptionalLong.empty(),
            Optional.empty());
    attempt.set(Properties.LANE + lane, opened.lines().toString());
  }

  private static int newest(StreamState state) {
    return state.lanes().keySet().stream().mapToInt(Lane::incarnation).max().orElse(-1);
  }

  private static Optional<Lane> newestOf(StreamState state, String topicId, int partition) {
    return state.lanes().keySet().stream()
        .filter(lane -> lane.topicId().equals(topicId) && lane.partition() == partition)
        .max(Comparator.naturalOrder());
  }

  private static Lane lane(StreamState state, String topicId, int partition, boolean accept) {
    int newest = newest(state);
    Optional<Lane> known = newestOf(state, topicId, partition);
    if (known.isPresent()) {
      return state.lanes().get(known.get()).closed().isEmpty()
          ? known.get()
          : new Lane(topicId, newest + 1, partition);
    }
    for (RegisteredLane other : state.lanes().values()) {
      if (other.lane().topicId().equals(topicId) && other.closed().isEmpty()) {
        return new Lane(topicId, other.lane().incarnation(), partition);
      }
    }
    if (newest >= 0 && !accept) {
      throw new LakeException(
          "Cannot take topic id %s for stream %s: its history is of topic id %s, so the topic was deleted and made again, and what was not in the lake is lost; accept the new topic explicitly to go on"
              .formatted(topicId, state.stream(), topicOf(state, newest)));
    }
    return new Lane(topicId, newest + 1, partition);
  }

  private static String topicOf(StreamState state, int incarnation) {
    return state.lanes().keySet().stream()
        .filter(lane -> lane.incarnation() == incarnation)
        .map(Lane::topicId)
        .findFirst()
        .orElseThrow();
  }

  private void closeOlder(Attempt attempt, StreamState state, Lane lane) {
    Coverage covered = PositionedTable.coverage(attempt.base());
    for (RegisteredLane older : state.lanes().values()) {
      if (!older.lane().topicId().equals(lane.topicId()) && older.closed().isEmpty()) {
        close(attempt, state, older, covered, "topic id " + lane.topicId() + " took its place");
      }
    }
  }

  /** Closes a lane for ever where its coverage ends. */
  public void close(Lane lane, String reason) {
    master.commit(
        attempt -> {
          StreamState state = StreamState.of(attempt.base().properties());
          RegisteredLane open = require(state, lane);
          if (open.closed().isEmpty()) {
            close(attempt, state, open, PositionedTable.coverage(attempt.base()), reason);
            attempt.commit();
          }
          return lane;
        });
  }

  private void close(
      Attempt attempt, StreamState state, RegisteredLane open, Coverage covered, String reason) {
    RegisteredLane closed =
        new RegisteredLane(
            open.lane(),
            open.opened(),
            open.mark(),
            open.openedAt(),
            OptionalLong.of(state.next(open.lane(), covered)),
            Optional.of(reason));
    PropertyLines lines = closed.lines().add("closed-at", clock.millis());
    attempt.set(Properties.LANE + open.lane(), lines.toString());
  }

  private static RegisteredLane require(StreamState state, Lane lane) {
    RegisteredLane found = state.lanes().get(lane);
    if (found == null) {
      throw new LakeException(
          "Cannot find lane %s of stream %s: registered are %s"
              .formatted(lane, state.stream(), state.lanes().keySet()));
    }
    return found;
  }

  /**
   * Records that positions are lost and history goes on after them. The gap must start at the
   * lane's next position in the master dataset. The quarantine may reach into it: it is written
   * first, and what it has of the gap it keeps.
   */
  public void acceptGap(Lane lane, Range range, String reason) {
    master.commit(
        attempt -> {
          StreamState state = StreamState.of(attempt.base().properties());
          require(state, lane);
          long next = state.next(lane, PositionedTable.coverage(attempt.base()));
          if (range.isEmpty() || range.from() != next) {
            throw new LakeException(
                "Cannot accept the gap %s of lane %s of stream %s: a gap starts at the next position, %d"
                    .formatted(range, lane, state.stream(), next));
          }
          AcceptedGap gap = new AcceptedGap(lane, range, clock.millis(), reason);
          String number = String.valueOf(state.gaps().size() + 1);
          attempt.set(Properties.GAP + number, gap.lines().toString());
          attempt.commit();
          return gap;
        });
  }

  /** The lanes by which the opening positions are known, for questions about gaps. */
  public Map<Lane, Long> openings() {
    Map<Lane, Long> openings = new java.util.TreeMap<>();
    lanes().forEach(lane -> openings.put(lane.lane(), lane.opened()));
    return openings;
  }
}
