// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.anabranch.lake.LakeStream;
import org.anabranch.lake.StreamVersion;
import org.anabranch.log.LaneVersion;
import org.anabranch.view.Lane;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Verdict;
import org.anabranch.view.expression.Expression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one stream: a changed CHECK or column makes a new one, which decides verdicts
 * from where the log ends when it is recorded. It is recorded before it is used.
 */
final class StoredVersions {
  private static final Logger LOG = LoggerFactory.getLogger(StoredVersions.class);

  private final LakeStream lake;
  private final Definitions definitions;

  StoredVersions(LakeStream lake, Definitions definitions) {
    this.lake = lake;
    this.definitions = definitions;
  }

  /**
   * Records the declared definition as a new version if it decides otherwise than the latest.
   *
   * @param ends where the log ends on each lane
   */
  void record(StreamDefinition declared, Map<Lane, Long> ends) {
    StreamVersion latest = lake.versions().latest();
    StreamDefinition known = definitions.stream(latest);
    if (!decidesAlike(known, declared)) {
      lake.versions().add(latest.number(), declared, ends);
      if (latest.points() && declared.sql().equals(latest.sql())) {
        LOG.info(
            "stream '{}': the fields of its columns are read by today's rules from {} on; events"
                + " before that keep what they meant, where only points separated names",
            declared.name(),
            ends);
      }
    }
  }

  int latest() {
    return lake.versions().latest().number();
  }

  /** Whether two definitions give every event the same verdict and the same row. */
  static boolean decidesAlike(StreamDefinition one, StreamDefinition other) {
    return one.schema().equals(other.schema())
        && conditions(one).equals(conditions(other))
        && decoding(one).equals(decoding(other));
  }

  private static List<String> conditions(StreamDefinition stream) {
    return stream.checks().stream()
        .map(StreamDefinition.Check::condition)
        .map(Expression::canonical)
        .toList();
  }

  private static Map<String, String> decoding(StreamDefinition stream) {
    Map<String, String> options = new HashMap<>(stream.options());
    List.of("partitions", "key", "event_time", "topic").forEach(options::remove);
    return options;
  }

  /**
   * Who owns which positions of a lane.
   *
   * @param verdicts makes the checks of a version, for the use of one reader
   */
  List<LaneVersion> of(Lane lane, Function<StreamDefinition, Verdict> verdicts) {
    NavigableMap<Long, StreamVersion> owners = new TreeMap<>();
    for (StreamVersion version : lake.versions().all()) {
      owners.put(version.starts().getOrDefault(lane, 0L), version);
    }
    List<LaneVersion> versions = new ArrayList<>();
    owners.forEach(
        (from, version) -> {
          StreamDefinition definition = definitions.stream(version);
          versions.add(new LaneVersion(from, definition, verdicts.apply(definition)));
        });
    return versions;
  }
}
