// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.StaleException;

/** What one state of the master table's properties says of a stream. */
record StreamState(
    String stream,
    Map<Lane, RegisteredLane> lanes,
    List<AcceptedGap> gaps,
    List<StreamVersion> versions) {

  static StreamState of(Map<String, String> properties) {
    Map<Lane, RegisteredLane> lanes = new TreeMap<>();
    Properties.under(Properties.LANE, properties)
        .forEach((lane, text) -> lanes.put(Lane.parse(lane), RegisteredLane.parse(lane, text)));
    Map<Integer, AcceptedGap> gaps = new TreeMap<>();
    Properties.under(Properties.GAP, properties)
        .forEach((number, text) -> gaps.put(Integer.valueOf(number), AcceptedGap.parse(text)));
    Map<Integer, StreamVersion> versions = new TreeMap<>();
    Properties.under(Properties.VERSION, properties)
        .forEach(
            (number, text) ->
                versions.put(
                    Integer.valueOf(number), StreamVersion.parse(Integer.parseInt(number), text)));
    return new StreamState(
        properties.get(Properties.STREAM),
        lanes,
        List.copyOf(gaps.values()),
        List.copyOf(versions.values()));
  }

  int latestVersion() {
    return versions.size();
  }

  /** Where the next append of a lane must start, given what a table covers. */
  long next(Lane lane, Coverage covered) {
    long end = covered.ranges(lane).isEmpty() ? registered(lane).opened() : covered.end(lane);
    return afterGap(lane, end);
  }

  private RegisteredLane registered(Lane lane) {
    return Optional.ofNullable(lanes.get(lane))
        .orElseThrow(
            () ->
                new LakeException(
                    "Cannot append to lane "
                        + lane
                        + " of stream "
                        + stream
                        + ": it is not registered; registered are "
                        + lanes.keySet()));
  }

  private long afterGap(Lane lane, long position) {
    for (AcceptedGap gap : gaps) {
      if (gap.lane().equals(lane) && gap.range().contains(position)) {
        return afterGap(lane, gap.range().to());
      }
    }
    return position;
  }

  /** Checks that added positions follow, lane by lane, on what a table covers. */
  void requireNext(String table, Coverage covered, Coverage added) {
    added
        .ranges()
        .forEach(
            (lane, ranges) -> {
              RegisteredLane registered = registered(lane);
              long next = next(lane, covered);
              for (Range range : ranges) {
                if (range.from() != next) {
                  throw new StaleException(
                      "Cannot append %s of lane %s to %s: the next position is %d"
                          .formatted(range, lane, table, next));
                }
                next = afterGap(lane, range.to());
              }
              if (registered.closed().isPresent()) {
                throw new LakeException(
                    "Cannot append to lane %s of stream %s: it was closed at position %d: %s"
                        .formatted(
                            lane,
                            stream,
                            registered.closed().getAsLong(),
                            registered.reason().orElse("no reason given")));
              }
            });
  }

  /** Checks that no version newer than the writer knew owns any of the added positions. */
  void requireKnown(int knownVersion, Coverage added) {
    for (StreamVersion version : versions) {
      Coverage owned = version.number() > knownVersion ? version.owned(added) : Coverage.EMPTY;
      if (!owned.isEmpty()) {
        throw new StaleException(
            "Cannot append %s to stream %s: version %d of the stream decides there, the writer knew version %d"
                .formatted(owned, stream, version.number(), knownVersion));
      }
    }
  }
}
