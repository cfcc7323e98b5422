// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.anabranch.ingest.KeptLane;
import org.anabranch.lake.LakeStream;
import org.anabranch.lake.LaneOpening;
import org.anabranch.lake.RegisteredLane;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles at start what became of each lane since the last run: a log that lost its tail, its head
 * or all of it. What the lake has stays history; what is left in the log is brought there; what is
 * gone needs somebody's word, and with it becomes a gap that every answer names. A lane whose
 * positions cannot be used any more is closed, and the next incarnation of its partition opens.
 */
final class LostHistory {
  private static final Logger LOG = LoggerFactory.getLogger(LostHistory.class);

  private final StreamLog log;
  private final LakeStream lake;
  private final Reached reached;
  private final LaneDrain drain;
  private final Optional<LaneMarks> marks;

  /** What is known outside the log of how far a lane had come. */
  interface Reached {
    /** One past the last position that something speaks of. */
    long end(Lane lane);

    /** Whether nothing can have been above that. */
    boolean isComplete(Lane lane);

    /** Writes down the keys of lanes while the log has them. */
    void keepKeys(StreamLog log, Map<Lane, KeptLane> lanes) throws IOException;

    /** Takes a lower end of a partition for true from now on. */
    void lower(Lane lane, long end);
  }

  /**
   * @param marks where the log is nobody else's
   */
  LostHistory(
      StreamLog log, LakeStream lake, Reached reached, LaneDrain drain, Optional<LaneMarks> marks) {
    this.log = log;
    this.lake = lake;
    this.reached = reached;
    this.drain = drain;
    this.marks = marks;
  }

  /**
   * Looks at every open lane and settles what can be.
   *
   * @param accepted which losses somebody has agreed to
   * @throws RefusedException if something is gone and that is not accepted; nothing is changed then
   */
  void settle(Predicate<LaneSurvey> accepted) throws IOException, RefusedException {
    List<LaneSurvey> surveys = surveys();
    List<LaneSurvey> losses =
        surveys.stream().filter(LaneSurvey::needsWord).filter(accepted.negate()).toList();
    if (!losses.isEmpty()) {
      throw new RefusedException(refusal(losses));
    }
    if (surveys.stream().anyMatch(LaneSurvey::isOver)) {
      Map<Lane, KeptLane> kept = new TreeMap<>();
      surveys.forEach(survey -> kept.put(survey.lane(), kept(survey)));
      reached.keepKeys(log, kept);
    }
    for (LaneSurvey survey : surveys) {
      settle(survey);
    }
  }

  private static KeptLane kept(LaneSurvey survey) {
    Range own = survey.kept().filter(range -> survey.own()).orElse(new Range(0, 0));
    return new KeptLane(own, Math.max(survey.next(), own.to()));
  }

  private String refusal(List<LaneSurvey> losses) {
    String stream = log.stream().name();
    return "Cannot start stream '"
        + stream
        + "': events are gone from the log that the lake does not have. "
        + losses.stream().map(LaneSurvey::loss).collect(Collectors.joining("; "))
        + ". Bring the log back as it was, or go on without them: --accept-gap "
        + stream;
  }

  private List<LaneSurvey> surveys() {
    Map<Integer, Long> starts = log.starts();
    Map<Integer, Long> ends = log.ends();
    List<LaneSurvey> surveys = new ArrayList<>();
    for (RegisteredLane lane : lake.lanes().lanes()) {
      if (lane.closed().isEmpty()) {
        surveys.add(survey(lane, starts, ends));
      }
    }
    return surveys;
  }

  private LaneSurvey survey(
      RegisteredLane registered, Map<Integer, Long> starts, Map<Integer, Long> ends) {
    Lane lane = registered.lane();
    long next = lake.lanes().next(lane);
    Optional<Range> kept = Optional.empty();
    if (lane.topicId().equals(log.topicId()) && ends.containsKey(lane.partition())) {
      long end = ends.get(lane.partition());
      kept = Optional.of(new Range(Math.min(starts.get(lane.partition()), end), end));
    }
    return new LaneSurvey(
        lane,
        next,
        Math.max(next, reached.end(lane)),
        kept,
        reached.isComplete(lane),
        kept.isEmpty() || isOwn(registered, kept.get()));
  }

  /** A mark that is no longer, or not, among what the log has says nothing. */
  private boolean isOwn(RegisteredLane lane, Range kept) {
    long at = lane.opened() - 1;
    return marks.isEmpty()
        || lane.mark().isEmpty()
        || !kept.contains(at)
        || marks.get().at(lane.lane(), at).equals(lane.mark());
  }

  private void settle(LaneSurvey survey) throws IOException {
    fillQuarantine(survey);
    Lane lane = survey.lane();
    Range readable = survey.readable();
    for (Range gap : survey.lost()) {
      if (gap.from() < readable.from()) {
        accept(survey, gap);
      }
    }
    if (!survey.isOver()) {
      return;
    }
    drain.drain(lane, readable);
    for (Range gap : survey.lost()) {
      if (gap.from() >= readable.to()) {
        accept(survey, gap);
      }
    }
    close(survey);
  }

  private void accept(LaneSurvey survey, Range gap) {
    lake.lanes().acceptGap(survey.lane(), gap, survey.cause());
    LOG.warn(
        "stream {} goes on without positions {} of lane {}: {}",
        log.stream().name(),
        gap,
        survey.lane(),
        survey.cause());
  }

  private void close(LaneSurvey survey) {
    Lane lane = survey.lane();
    String stream = log.stream().name();
    if (survey.kept().isPresent()) {
      long end = survey.kept().get().to();
      reached.lower(lane, end);
      LaneOpening opening = marks.map(log -> log.set(lane.partition())).orElse(LaneOpening.at(end));
      Lane next = lake.lanes().succeed(lane, opening, survey.cause());
      LOG.warn(
          "stream {}: lane {} is closed, what it had is history: {}; new events go to lane {} from"
              + " position {}",
          stream,
          lane,
          survey.cause(),
          next,
          opening.position());
    } else {
      lake.lanes().close(lane, survey.cause());
      LOG.warn("stream {}: lane {} is closed: {}", stream, lane, survey.cause());
    }
  }

  /**
   * Below the lake's end the quarantine lags only where nothing was rejected, since rejected events
   * are written first. Where the log cannot show that any more it is said here.
   */
  private void fillQuarantine(LaneSurvey survey) throws IOException {
    long from = lake.lanes().nextQuarantined(survey.lane());
    boolean shown =
        !survey.isOver() && survey.kept().map(range -> range.from() <= from).orElse(false);
    if (from < survey.next() && !shown) {
      Coverage quiet =
          Coverage.of(survey.lane(), from, survey.next()).intersect(lake.master().coverage());
      lake.quarantine().append("quiet:" + quiet, quiet, List.of());
    }
  }
}
