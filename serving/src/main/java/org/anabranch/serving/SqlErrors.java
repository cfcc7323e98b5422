// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anabranch.serving.ServingException.Reason;

/** What DuckDB says, in our words ({@link SqlWords}). */
final class SqlErrors {
  private static final String THROWN = "IllegalArgumentException: ";
  private static final Pattern KIND = Pattern.compile("^[A-Z][A-Za-z ]* Error: ");

  /** Where what DuckDB adds to a message begins: the text it ran, places in it, its own advice. */
  private static final List<String> ENDS =
      List.of(
          "\n\tat ",
          "\n\nLINE ",
          "\nLINE ",
          ". Use TRY(",
          "\nCandidate",
          "\n\tCandidate",
          " You might need to add explicit type casts",
          " In order to select one, please add",
          "\nEither add it",
          "\n\nUse \"SET",
          "\n* ",
          "\nHINT",
          " in expression (");

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
        mistake ? Reason.REFUSED : Reason.FAILED, inOurWords(message), failure);
  }

  /** The whole message of ours for one of DuckDB's. */
  static String inOurWords(String message) {
    int thrown = message.lastIndexOf(THROWN);
    String text = cut(thrown < 0 ? message : message.substring(thrown + THROWN.length()));
    String facts = KIND.matcher(text).replaceFirst("").replace(Functions.OURS, "").strip();
    if (thrown >= 0) {
      return facts.startsWith("Cannot ") ? facts : "Cannot run the query: " + facts;
    }
    Matcher kind = KIND.matcher(text);
    return SqlWords.of(kind.find() ? kind.group() : "", facts, message);
  }

  private static String cut(String message) {
    String text = message;
    for (String end : ENDS) {
      int at = text.indexOf(end);
      text = at < 0 ? text : text.substring(0, at);
    }
    return text;
  }
}
