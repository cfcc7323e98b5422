// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import java.util.Optional;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.SegmentStore.Origin;
import org.anabranch.view.Tally;

/**
 * Where a running pipeline stands.
 *
 * @param architecture lambda or kappa
 * @param startedAt epoch milliseconds
 * @param asOf when this was read, epoch milliseconds
 * @param ready whether every lane has reached the log end seen at start
 * @param waitingFor what it is not ready for, in words; empty when ready
 * @param durability what an acknowledgement outlives, in words
 * @param streams the streams in order of declaration
 * @param failures what has stopped by itself, in words
 * @param notes what the start found and what was made good since, in words
 */
public record PipelineStatus(
    String architecture,
    long startedAt,
    long asOf,
    boolean ready,
    List<String> waitingFor,
    String durability,
    List<StreamStatus> streams,
    List<String> failures,
    List<String> notes) {

  /**
   * One stream.
   *
   * @param name the stream
   * @param version number of the stream version that judges new events
   * @param lanes the lanes that are followed
   * @param closed the lanes that nothing follows any more; what they had is history
   * @param lost positions that are gone and that somebody decided to go on without
   * @param accepted accepted rows below the frontier
   * @param quarantined rejected events below the frontier
   * @param late accepted rows that an earlier one of their lane is later than
   * @param unknownFields fields no column asked for, since the start of the process
   * @param rowsPerSecond accepted rows per second over about the last ten seconds
   * @param cut what the batch layer answers for
   * @param views its views
   */
  public record StreamStatus(
      String name,
      int version,
      List<LaneStatus> lanes,
      List<ClosedLane> closed,
      List<LostPositions> lost,
      long accepted,
      long quarantined,
      long late,
      long unknownFields,
      double rowsPerSecond,
      Coverage cut,
      List<ViewStatus> views) {}

  /**
   * A lane that nothing follows any more.
   *
   * @param lane the lane
   * @param start first position that history accounts for
   * @param end one past the last
   * @param reason why it was closed
   */
  public record ClosedLane(Lane lane, long start, long end, String reason) {}

  /**
   * Positions that are gone.
   *
   * @param lane where
   * @param from the first
   * @param to one past the last
   * @param acceptedAt when it was accepted to go on without, epoch milliseconds
   * @param reason why they are gone
   */
  public record LostPositions(Lane lane, long from, long to, long acceptedAt, String reason) {}

  /**
   * One lane; positions are ends, one past the last.
   *
   * @param lane the lane
   * @param start first position that history accounts for
   * @param logEnd where the log ends
   * @param frontier up to where views answer
   * @param archived up to where the lake has it
   * @param cut up to where the batch layer answers
   * @param lagRows positions between the frontier and the log's end
   * @param lagSeconds age of the oldest event that is not folded, 0 for none
   */
  public record LaneStatus(
      Lane lane,
      long start,
      long logEnd,
      long frontier,
      long archived,
      long cut,
      long lagRows,
      double lagSeconds) {}

  /**
   * One view.
   *
   * @param name the view
   * @param state answering, building or paused
   * @param reason why it is not answering, or what is being built behind it
   * @param fold identity of the fold it answers from
   * @param segments its tiling
   * @param tally how the accepted rows fared
   * @param stateBytes heap that its live state takes
   * @param stateBudget heap it may take
   */
  public record ViewStatus(
      String name,
      String state,
      Optional<String> reason,
      String fold,
      List<SegmentStatus> segments,
      Optional<Tally> tally,
      long stateBytes,
      long stateBudget) {}

  /**
   * One segment of a tiling.
   *
   * @param id its id, or {@code live} for what is not durable yet
   * @param origin who made it
   * @param durable whether it outlives the process
   * @param coverage what it accounts for
   * @param rows how many accepted rows that is
   * @param groups how many groups it has
   * @param bytes size of keys and states
   */
  public record SegmentStatus(
      String id,
      Origin origin,
      boolean durable,
      Coverage coverage,
      long rows,
      long groups,
      long bytes) {}
}
