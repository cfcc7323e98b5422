// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Collects the problems of one script; of those at one position the first counts. */
final class Problems {
  private static final Comparator<Span> ORDER =
      Comparator.comparingInt(Span::start).thenComparingInt(Span::end);

  private final Source source;
  private final TreeMap<Span, Problem> found = new TreeMap<>(ORDER);

  Problems(Source source) {
    this.source = source;
  }

  Source source() {
    return source;
  }

  void add(Span span, String message, String hint) {
    found.putIfAbsent(span, source.problem(span, message, hint));
  }

  void add(Span span, String message) {
    add(span, message, "");
  }

  void add(SyntaxException problem) {
    if (found.keySet().stream().noneMatch(span -> span.start() == problem.span().start())) {
      add(problem.span(), problem.getMessage(), problem.hint());
    }
  }

  int count() {
    return found.size();
  }

  List<Problem> inOrder() {
    return List.copyOf(found.values());
  }

  void throwIfAny() throws ScriptException {
    if (!found.isEmpty()) {
      throw new ScriptException(source.file(), inOrder());
    }
  }
}
