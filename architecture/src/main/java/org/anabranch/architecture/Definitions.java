// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Optional;
import org.anabranch.sql.Script;
import org.anabranch.sql.ScriptException;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.View;

/** Reads statements again that were stored as text. */
final class Definitions {
  /** The stream of a stored CREATE STREAM. */
  StreamDefinition stream(String sql) {
    try {
      return Script.parse("stored", sql).streams().get(0);
    } catch (ScriptException e) {
      throw new IllegalStateException(
          "Cannot read a stored stream definition any more: " + e.getMessage(), e);
    }
  }

  /** The view of a stored CREATE VIEW over a stream, empty if it no longer fits the stream. */
  Optional<View> view(StreamDefinition stream, String sql) {
    try {
      return Optional.of(Script.parse("stored", stream.sql() + ";\n" + sql).views().get(0));
    } catch (ScriptException e) {
      return Optional.empty();
    }
  }
}
