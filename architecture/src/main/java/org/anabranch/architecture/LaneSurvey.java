// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;

/**
 * What became of a lane while nobody looked: what the log still has of it, whether more can follow,
 * and what of it is gone. What the lake has is history whatever became of the log, so only
 * positions above can be gone.
 *
 * @param lane an open lane
 * @param next where the lake's coverage of it ends
 * @param known one past the last position that is known to have been there
 * @param kept what the log has of it; empty if its topic is not there any more
 * @param complete whether nothing can have been above {@code known}
 * @param own whether what the log has is the lane's; files that were put back may be of a lane
 *     before
 */
record LaneSurvey(
    Lane lane, long next, long known, Optional<Range> kept, boolean complete, boolean own) {
  /** Whether the log cannot go on with the lane: new events would come at positions it has used. */
  boolean isOver() {
    return kept.isEmpty() || !own || kept.get().to() < Math.max(known, next);
  }

  /** What is to be read from the log yet. */
  Range readable() {
    if (!own) {
      return new Range(next, next);
    }
    long from = kept.map(range -> Math.max(next, range.from())).orElse(next);
    return new Range(from, kept.map(range -> Math.max(from, range.to())).orElse(from));
  }

  /** What is gone, in order. */
  List<Range> lost() {
    List<Range> lost = new ArrayList<>();
    Range readable = readable();
    if (readable.from() > next) {
      lost.add(new Range(next, readable.from()));
    }
    if (isOver() && readable.to() < known) {
      lost.add(new Range(readable.to(), known));
    }
    return List.copyOf(lost);
  }

  /** Whether to go on needs somebody's word: something is gone, or nobody can tell. */
  boolean needsWord() {
    return !lost().isEmpty() || (isOver() && !complete);
  }

  /** What is gone and why, for whoever decides. */
  String loss() {
    StringBuilder text = new StringBuilder("lane " + lane + ": ");
    for (Range range : lost()) {
      text.append("positions ").append(range).append(" (").append(range.length()).append("), ");
    }
    if (isOver() && !complete) {
      text.append("whatever was appended at position ")
          .append(Math.max(next, readable().to()))
          .append(lost().isEmpty() ? " or later, " : " or later and is not known here, ");
    }
    return text.append("since ").append(cause()).toString();
  }

  /** What the log lacks, in words. */
  String cause() {
    if (kept.isEmpty()) {
      return "the topic with id " + lane.topicId() + " is not there any more";
    }
    if (!own) {
      return "the log lacks its mark: files of another time were put back, or it is damaged there";
    }
    String start =
        kept.get().from() > next
            ? "the log starts at position " + kept.get().from() + " and the lake ends at " + next
            : "";
    String end =
        isOver()
            ? "the log ends at position "
                + kept.get().to()
                + " where "
                + Math.max(known, next)
                + " was reached"
            : "";
    return start + (start.isEmpty() || end.isEmpty() ? "" : ", and ") + end;
  }
}
