// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our words for the messages that DuckDB has for what the gate lets through. A message that is not
 * known here, and would speak of DuckDB's inside, is replaced by one for its kind.
 */
final class SqlWords {
  /** What a message that matches becomes: {@code $1} is its first group. */
  private record Phrase(Pattern theirs, String ours) {}

  private static final List<Phrase> PHRASES =
      List.of(
          phrase(
              "Referenced column \"(.*?)\" not found.*",
              "Cannot find a column '$1' in what stands in FROM"),
          phrase(
              "Referenced column \"(.*?)\" was not found because the FROM clause is missing",
              "Cannot find a column '$1': there is no FROM"),
          phrase(
              "(?:Referenced table|Table) \"(.*?)\" (?:not found|does not have a column named).*",
              "Cannot find what stands before the point in the name of a column: '$1'"),
          phrase(
              "Values list \"(.*?)\" does not have a column named \"(.*?)\"",
              "Cannot find a column '$2' in '$1'"),
          phrase(
              "Ambiguous reference to (?:column name|table) \"(.*?)\" \\(use: (.*)\\)",
              "Cannot tell which '$1' is meant: write $2"),
          phrase(
              "Ambiguous reference to .*\"(.*?)\".*",
              "Cannot tell which '$1' is meant: write the relation before it"),
          phrase(
              "column \"?(.*?)\"? must appear in the GROUP BY clause.*",
              "Cannot show column '$1': name it in GROUP BY, or aggregate it"),
          phrase(
              "aggregate function calls cannot be nested.*",
              "Cannot aggregate an aggregate: do the inner one in a subquery"),
          phrase(
              "(.*?) clause cannot contain (aggregates|window functions).*",
              "Cannot use $2 in $1: filter by HAVING or QUALIFY, or in a query around it"),
          phrase(
              "aggregate functions? .*(?:are|is) not (?:allowed|supported).*",
              "Cannot use an aggregate here: do it in a subquery"),
          phrase(
              "(?:No function matches the given name and argument types|Could not choose a best"
                  + " candidate function for the function call) ['\"](.*?)\\((.*)\\)['\"].*",
              "Cannot apply $1 to ($2): CAST what it is given"),
          phrase(
              "Cannot compare values of type (.*?) and (?:values of )?(?:type )?(.*?)"
                  + "(?: in .*)?(?: - .*|\\.? An explicit.*)?",
              "Cannot compare $1 and $2: CAST one of them"),
          phrase(
              "Cannot (?:mix|combine) (?:values of )?types? (.*?) and (.*?)(?: in .*| - .*)?",
              "Cannot bring $1 and $2 to one type: CAST one of them"),
          phrase(
              "Set operations can only apply to expressions with the same number.*",
              "Cannot unite SELECTs with different numbers of columns"),
          phrase(
              "VALUES lists must all be the same length.*",
              "Cannot read VALUES: its rows have different numbers of columns"),
          phrase(
              "table \"(.*?)\" has (\\d+) columns available but (\\d+) columns specified.*",
              "Cannot name $3 columns of '$1': it has $2"),
          phrase(
              "Duplicate (?:alias|table) \"?(.*?)\"? in query.*",
              "Cannot use the name '$1' twice in FROM: give one another name by AS"),
          phrase(
              "Subquery returns (\\d+) columns - expected (\\d+).*",
              "Cannot use a subquery of $1 columns here: it must have $2"),
          phrase("Division by zero.*", "Cannot divide by zero"),
          phrase(
              "Window functions are not supported here.*",
              "Cannot use a function over windows without OVER"),
          phrase(
              "STAR expression.*|\\* expression without FROM clause.*",
              "Cannot use * here: it stands for the columns of what stands in FROM, or in"
                  + " COUNT(*)"),
          phrase(
              "More than one row returned by a subquery.*",
              "Cannot take a value from a subquery of several rows: aggregate it, or write LIMIT"
                  + " 1"),
          phrase(
              "Overflow (?:in|on) (.*?)!?",
              "Cannot compute this: the result does not fit its type ($1)"),
          phrase(
              "Could not cast value (.*?) from .* to (.*)",
              "Cannot cast $1 to $2: it does not fit"),
          phrase(
              "(?:Type|Casting value|Could not cast|Failed to cast)(?: .*?)? ?(?:with value|\")"
                  + " ?(.*?)\"? (?:can't be cast|to type).*?(?:destination type|type) (\\S+).*",
              "Cannot cast $1 to $2: it does not fit"),
          phrase(
              "Could not convert string '(.*)' to (\\S+).*",
              "Cannot read '$1' as $2: write a value of that type"),
          phrase(
              "(?:invalid (?:date|timestamp) field format|(?:date|timestamp) field value out of"
                  + " range).*: \"(.*?)\".*",
              "Cannot read '$1' as a time: write YYYY-MM-DD or YYYY-MM-DD HH:MM:SS"),
          phrase(
              "(?:Could not convert DATE|Date|Timestamp|Interval|Time)s? .*(?:microseconds|out of"
                  + " range|overflow).*",
              "Cannot have a time outside the years 0001 to 9999"),
          phrase(
              "(?:.*)(?:Date|date|Timestamp|timestamp|epoch|interval|Interval).*(?:range|convert).*",
              "Cannot have a time outside the years 0001 to 9999"),
          phrase(
              "(?:ORDER|GROUP BY|Group by|Order).* term out of range.*",
              "Cannot order or group by that place: there are fewer columns"),
          phrase(
              "LIMIT/OFFSET cannot be negative|.*LIMIT.*negative.*",
              "Cannot take LIMIT or OFFSET below 0"),
          phrase(
              ".*(?:QUANTILE|quantile).*parameters.*",
              "Cannot take this share: write a constant from 0 to 1"),
          phrase(
              "Argument for ntile must be greater than zero", "Cannot make NTILE of less than 1"),
          phrase(
              "[Cc]olumn \"?(.*?)\"? does not exist on (left|right) side of join.*",
              "Cannot join by column '$1': the $2 side has none"));

  /** DuckDB's names of types, and ours. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("INT8", "INTEGER"),
          Map.entry("INT16", "INTEGER"),
          Map.entry("INT32", "INTEGER"),
          Map.entry("INT64", "BIGINT"),
          Map.entry("INT128", "DECIMAL(38, 0)"),
          Map.entry("HUGEINT", "DECIMAL(38, 0)"),
          Map.entry("UHUGEINT", "DECIMAL(38, 0)"),
          Map.entry("TINYINT", "INTEGER"),
          Map.entry("SMALLINT", "INTEGER"),
          Map.entry("UBIGINT", "DECIMAL(38, 0)"),
          Map.entry("FLOAT", "DOUBLE"),
          Map.entry("BOOL", "BOOLEAN"),
          Map.entry("INTEGER_LITERAL", "INTEGER"),
          Map.entry("STRING_LITERAL", "VARCHAR"),
          Map.entry("TIMESTAMP_MS", "TIMESTAMP"),
          Map.entry("TIMESTAMP_NS", "TIMESTAMP"));

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:" + String.join("|", TYPES.keySet()) + ")\\b");

  /** Words that only DuckDB has, which no message of ours holds. */
  static final Pattern INSIDE =
      Pattern.compile(
          "(?i)\\b(?:U?INT(?:8|16|32|64|128)|U?HUGEINT|\\w+_LITERAL|binder|catalog|candidates?"
              + "|duckdb|pragma|internal|vector(?:ized)?|logical\\w*|physical\\w*|hash table"
              + "|explicit type casts?|TRY\\(|LINE \\d+:|prepared statement|unnest|macro|lambda"
              + "|bound\\w*|binding|deserializ\\w*|serializ\\w*|attempt\\w* to|sqlstate)\\b");

  private static final Pattern MEANT =
      Pattern.compile("(?:Candidate bindings: |Did you mean )\"(?:[^\".]+\\.)?([^\".]+)\"");

  private SqlWords() {}

  private static Phrase phrase(String theirs, String ours) {
    return new Phrase(Pattern.compile("^(?:" + theirs + ")\\z", Pattern.DOTALL), ours);
  }

  /**
   * The message for one of DuckDB's.
   *
   * @param kind {@code Binder Error: } and its like
   * @param facts what it says, without what DuckDB adds to it
   * @param whole all of it, for the name that was probably meant
   */
  static String of(String kind, String facts, String whole) {
    for (Phrase phrase : PHRASES) {
      Matcher matcher = phrase.theirs().matcher(facts);
      if (matcher.matches()) {
        return typed(matcher.replaceFirst(phrase.ours())) + meant(whole);
      }
    }
    String text = typed(facts);
    if (facts.startsWith("Cannot ") && !INSIDE.matcher(text).find()) {
      return text;
    }
    return INSIDE.matcher(text).find()
        ? "Cannot run the query: " + unknown(kind)
        : "Cannot run the query: " + text + meant(whole);
  }

  private static String typed(String text) {
    return TYPE.matcher(text).replaceAll(found -> TYPES.get(found.group()));
  }

  private static String unknown(String kind) {
    return switch (kind) {
      case "Binder Error: ", "Catalog Error: " ->
          "its names, types or numbers of columns do not fit together";
      case "Parser Error: ", "Syntax Error: " -> "it cannot be read as SQL";
      case "Conversion Error: " -> "a value cannot be converted: CAST it to a type that holds it";
      case "Out of Range Error: " -> "a result does not fit its type: CAST to a larger one first";
      case "Invalid Input Error: " -> "a function cannot take the value it is given";
      case "Not implemented Error: " -> "this is not supported: write it in another way";
      default -> "it failed inside the query engine: write it in another way";
    };
  }

  /** The nearest name that DuckDB found, if it looked for one. */
  private static String meant(String message) {
    Matcher names = MEANT.matcher(message);
    return names.find() ? "; did you mean '" + names.group(1) + "'?" : "";
  }
}
