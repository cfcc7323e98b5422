// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.List;
import java.util.Optional;
import org.anabranch.lake.StreamVersion;
import org.anabranch.sql.Script;
import org.anabranch.sql.ScriptException;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads statements again that were stored as text. */
final class Definitions {
  private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);

  /** The stream of a stored CREATE STREAM, with the meaning that it had when it was stored. */
  StreamDefinition stream(StreamVersion version) {
    try {
      return Script.readStored(version.sql(), version.points());
    } catch (ScriptException e) {
      throw new IllegalStateException(
          "Cannot read a stored stream definition any more: " + e.getMessage(), e);
    }
  }

  /** The view of a stored CREATE VIEW over a stream, empty if it no longer fits the stream. */
  Optional<View> view(StreamDefinition stream, String sql) {
    try {
      return Optional.of(Script.readView(sql, List.of(stream)));
    } catch (ScriptException e) {
      LOG.warn("A stored view does not fit its stream any more: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
