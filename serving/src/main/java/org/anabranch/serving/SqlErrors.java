// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.serving.ServingException.Reason;

/** What DuckDB says, in our words. */
final class SqlErrors {
  private static final String THROWN = "IllegalArgumentException: ";

  private static final Pattern CANDIDATE =
      Pattern.compile("Candidate bindings: \"(?:[^\".]+\\.)?([^\".]+)\"");
  private static final Pattern KIND = Pattern.compile("^[A-Z][A-Za-z ]* Error: ");

  private SqlErrors() {}

  static ServingException of(SQLException failure, Deadline deadline) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("INTERRUPT")) {
      return deadline.passed();
    }
    if (message.contains("Out of Memory Error")) {
      return new ServingException(
          Reason.LIMIT,
          "Cannot run the query in the memory it may take: ask for less, or filter earlier",
          failure);
    }
    boolean mistake =
        message.startsWith("Binder Error")
            || message.startsWith("Catalog Error")
            || message.startsWith("Parser Error");
    return new ServingException(
        mistake ? Reason.REFUSED : Reason.FAILED,
        "Cannot run the query: " + cleaned(message),
        failure);
  }

  /** Without the text that DuckDB ran, our names in it and advice that cannot be taken. */
  private static String cleaned(String message) {
    String text = message;
    int thrown = text.lastIndexOf(THROWN);
    if (thrown >= 0) {
      text = text.substring(thrown + THROWN.length());
    }
    for (String end :
        new String[] {
          "\n\tat ",
          "\n\nLINE ",
          "\nLINE ",
          ". Use TRY(",
          "\nCandidate",
          "\n\tCandidate",
          " You might need to add explicit type casts",
          "\nEither add it",
          "\n\nUse \"SET",
          " in expression ("
        }) {
      int at = text.indexOf(end);
      text = at < 0 ? text : text.substring(0, at);
    }
    String facts = KIND.matcher(text).replaceFirst("").replace(Functions.OURS, "").strip();
    boolean typed = message.contains("add explicit type casts");
    return (typed && facts.endsWith(".") ? facts.substring(0, facts.length() - 1) : facts)
        + (typed ? ": CAST what it is given" : "")
        + suggestion(message);
  }

  /** The nearest name that DuckDB found, if it looked for one. */
  private static String suggestion(String message) {
    Matcher candidates = CANDIDATE.matcher(message);
    return candidates.find() ? " Did you mean '" + candidates.group(1) + "'?" : "";
  }
}
