// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;

/** The names of a script: its streams, its views, and streams that cannot be read. */
final class StreamNames {
  private final Map<String, KnownStream> streams = new LinkedHashMap<>();
  private final Set<String> views = new HashSet<>();
  private final Set<String> unreadable = new HashSet<>();

  void add(KnownStream stream) {
    streams.put(stream.name().toLowerCase(Locale.ROOT), stream);
  }

  /** A stream whose columns are not known: what is said of it cannot be judged. */
  void addUnreadable(String name) {
    unreadable.add(name.toLowerCase(Locale.ROOT));
  }

  void addView(String name) {
    views.add(name.toLowerCase(Locale.ROOT));
  }

  /** The stream of that name; what is unknown is reported. */
  Optional<KnownStream> find(SqlIdentifier identifier, Span span, Problems problems) {
    String name = String.join(".", identifier.names);
    KnownStream stream = streams.get(name.toLowerCase(Locale.ROOT));
    if (stream == null && !unreadable.contains(name.toLowerCase(Locale.ROOT))) {
      boolean isView = views.contains(name.toLowerCase(Locale.ROOT));
      List<String> names = streams.values().stream().map(KnownStream::name).toList();
      String near = Suggestion.didYouMean(name, names);
      problems.add(
          span,
          isView
              ? "'" + name + "' is a view, and a view reads a stream"
              : "unknown stream '" + name + "'",
          isView
              ? "write a view that reads the stream itself"
              : near.isEmpty() && !names.isEmpty()
                  ? "streams are " + String.join(", ", names)
                  : near);
    }
    return Optional.ofNullable(stream);
  }
}
