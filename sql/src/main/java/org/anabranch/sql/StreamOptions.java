// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.anabranch.sql.Options.Option;
import org.anabranch.view.Column;
import org.anabranch.view.FieldPath;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;

/** What the options of streams and columns may be. */
final class StreamOptions {
  static final List<String> STREAM_KEYS =
      List.of(
          "format",
          "event_time",
          "key",
          "partitions",
          "topic",
          "unknown",
          "null",
          "pattern",
          "delimiter",
          "quote",
          "timestamp_format",
          "excess_precision");

  static final List<String> COLUMN_KEYS =
      List.of("field", "timestamp_format", "excess_precision", "null");
  private static final List<String> DELIMITERS =
      List.of("\\t", "comma", "semicolon", "tab", "pipe", "space");
  private static final List<String> EXCESS = List.of("reject", "truncate");

  private static final List<String> FORMATS = List.of("json", "csv", "regex");
  private static final List<String> TIMESTAMP_WORDS =
      List.of("iso", "epoch_seconds", "epoch_millis", "epoch_micros", "epoch_nanos");
  private static final int MAX_PARTITIONS = 64;
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

  private final Problems problems;
  private final KnownStream stream;
  private final Map<String, String> values = new LinkedHashMap<>();

  private StreamOptions(Problems problems, KnownStream stream) {
    this.problems = problems;
    this.stream = stream;
  }

  /** The valid options of a stream; the others are reported. */
  static Map<String, String> ofStream(
      List<Option> options, KnownStream stream, Span with, Problems problems) {
    StreamOptions reader = new StreamOptions(problems, stream);
    options.forEach(reader::readStreamOption);
    reader.checkTogether(options, with);
    return reader.values;
  }

  /** The valid options of a column; the others are reported. */
  static Map<String, String> ofColumn(List<Option> options, Type type, Problems problems) {
    KnownStream none = new KnownStream("", new Schema(List.of()), Set.of());
    StreamOptions reader = new StreamOptions(problems, none);
    for (Option option : options) {
      switch (option.key()) {
        case "field" -> reader.field(option);
        case "timestamp_format" -> reader.timestampFormat(option, type);
        case "excess_precision" -> reader.excessPrecision(option, type);
        default -> reader.put(option, option.value());
      }
    }
    return reader.values;
  }

  private void readStreamOption(Option option) {
    switch (option.key()) {
      case "format" -> oneOf(option, FORMATS);
      case "unknown" -> oneOf(option, List.of("count", "keep", "reject", "ignore"));
      case "event_time" -> eventTime(option);
      case "key" -> column(option);
      case "partitions" -> partitions(option);
      case "topic" -> topic(option);
      case "delimiter" -> delimiter(option);
      case "quote" -> oneOf(option, List.of("double", "none"));
      case "excess_precision" -> oneOf(option, EXCESS);
      case "timestamp_format" -> timestampFormat(option, Type.TIMESTAMP);
      case "pattern" -> pattern(option);
      default -> put(option, option.value());
    }
  }

  private void put(Option option, String value) {
    values.put(option.key(), value);
  }

  private void refuse(Option option, String message, String hint) {
    problems.add(option.valueSpan(), message, hint);
  }

  private void oneOf(Option option, List<String> words) {
    String word = option.value().toLowerCase(Locale.ROOT);
    if (words.contains(word)) {
      put(option, word);
      return;
    }
    String near = Suggestion.didYouMean(word, words);
    refuse(
        option,
        "'" + option.key() + "' cannot be '" + option.value() + "'",
        near.isEmpty() ? "write one of " + String.join(", ", words) : near);
  }

  private Column column(Option option) {
    int index = stream.schema().indexOf(option.value()).orElse(-1);
    if (index < 0) {
      if (!stream.unreadable().contains(option.value().toLowerCase(Locale.ROOT))) {
        refuse(
            option,
            "'" + option.key() + "' names an unknown column '" + option.value() + "'",
            Suggestion.didYouMean(option.value(), stream.schema().names()));
      }
      return null;
    }
    Column column = stream.schema().column(index);
    put(option, column.name());
    return column;
  }

  private void eventTime(Option option) {
    Column column = column(option);
    if (column == null) {
      return;
    }
    if (!column.type().isTime()) {
      refuse(
          option,
          "'event_time' must be a TIMESTAMP, and '" + column.name() + "' is " + column.type(),
          "declare the column as TIMESTAMP(3)");
    }
  }

  private void partitions(Option option) {
    int number = NUMBER.matcher(option.value()).matches() ? Integer.parseInt(option.value()) : 0;
    if (number < 1 || number > MAX_PARTITIONS) {
      refuse(
          option,
          "'partitions' cannot be '" + option.value() + "'",
          "write a number from 1 to " + MAX_PARTITIONS);
    } else {
      put(option, Integer.toString(number));
    }
  }

  private void topic(Option option) {
    boolean dots = option.value().equals(".") || option.value().equals("..");
    if (dots || !TOPIC.matcher(option.value()).matches()) {
      refuse(
          option,
          "'topic' cannot be '" + option.value() + "'",
          "a topic's name has 1 to 249 letters, digits, points, underscores and hyphens");
    } else {
      put(option, option.value());
    }
  }

  private void delimiter(Option option) {
    String value = option.value();
    boolean fine =
        value.length() == 1 && "\"\r\n".indexOf(value.charAt(0)) < 0 && value.charAt(0) < 128;
    if (fine || DELIMITERS.contains(value.toLowerCase(Locale.ROOT))) {
      put(option, value);
    } else {
      refuse(
          option,
          "'delimiter' must be one ASCII character, not a quote or the end of a line",
          "write ',' or ';' or 'tab'");
    }
  }

  private void field(Option option) {
    if (option.value().isEmpty()) {
      refuse(option, "'field' must name a field", "write 'a' or 'a.b'");
    } else {
      put(option, option.value());
    }
  }

  /** Refuses a field that no event of the format can have. */
  static void checkField(Option option, String format, Problems problems) {
    if (format.equals("json")) {
      try {
        FieldPath.parse(option.value());
      } catch (IllegalArgumentException e) {
        problems.add(
            option.valueSpan(),
            e.getMessage().replaceFirst("^Cannot read field", "'field' cannot be"),
            "write 'a.b', 'a[0].b' or 'a.\"b.c\"'");
      }
    } else if (format.equals("csv") && !option.value().equals(option.value().strip())) {
      problems.add(
          option.valueSpan(),
          "'field' cannot be '" + option.value() + "': blanks around a header name are not read",
          "write '" + option.value().strip() + "'");
    }
  }

  private void excessPrecision(Option option, Type type) {
    if (type.isTime()) {
      oneOf(option, EXCESS);
    } else {
      refuse(
          option, "'excess_precision' is for TIMESTAMP, and the column is " + type, "leave it out");
    }
  }

  private void timestampFormat(Option option, Type type) {
    if (!type.isTemporal()) {
      refuse(option, "'timestamp_format' is for times, and the column is " + type, "leave it out");
      return;
    }
    String word = option.value().toLowerCase(Locale.ROOT);
    if (TIMESTAMP_WORDS.contains(word)) {
      if (type.kind() == Type.Kind.DATE && !word.equals("iso")) {
        refuse(
            option,
            "'" + word + "' gives a TIMESTAMP, and the column is a DATE",
            "declare it as TIMESTAMP(3)");
      } else {
        put(option, word);
      }
      return;
    }
    String problem = TimestampPattern.problem(option.value());
    if (problem.isEmpty()) {
      put(option, option.value());
      return;
    }
    String near = Suggestion.didYouMean(word, TIMESTAMP_WORDS);
    refuse(
        option,
        "'timestamp_format' cannot be '" + option.value() + "': " + problem,
        near.isEmpty()
            ? "write one of "
                + String.join(", ", TIMESTAMP_WORDS)
                + ", or a pattern of "
                + TimestampPattern.LETTERS
            : near);
  }

  private void pattern(Option option) {
    try {
      Set<String> groups =
          com.google.re2j.Pattern.compile(option.value()).namedGroups().keySet().stream()
              .map(name -> name.toLowerCase(Locale.ROOT))
              .collect(Collectors.toCollection(TreeSet::new));
      String problem = groupProblem(groups);
      if (problem.isEmpty()) {
        put(option, option.value());
      } else {
        refuse(option, problem, "write (?P<column>...) where the column's value stands");
      }
    } catch (PatternSyntaxException e) {
      refuse(
          option,
          "'pattern' is not a regular expression: " + e.getDescription(),
          "the syntax is RE2's: no look-around, no references to groups");
    }
  }

  /** What is wrong between groups and columns, or an empty text. */
  private String groupProblem(Set<String> groups) {
    Set<String> rest = new TreeSet<>(groups);
    rest.removeAll(stream.unreadable());
    for (Column column : stream.schema().columns()) {
      String group = column.options().getOrDefault("field", column.name());
      boolean found = rest.remove(group.toLowerCase(Locale.ROOT));
      if (!found && !column.nullable() && column.defaultValue().isEmpty()) {
        return "the pattern has no group '"
            + group
            + "' for column '"
            + column.name()
            + "', which is NOT NULL without a DEFAULT";
      }
    }
    if (groups.isEmpty()) {
      return "the pattern has no named group";
    }
    return rest.isEmpty() ? "" : "no column reads group '" + rest.iterator().next() + "'";
  }

  private void checkTogether(List<Option> options, Span with) {
    String format = values.getOrDefault("format", "json");
    boolean formatKnown = values.containsKey("format") || !has(options, "format");
    if (formatKnown) {
      FieldPaths.problem(stream.schema().columns(), format)
          .ifPresent(problem -> problems.add(with, problem, "write another 'field'"));
    }
    if (formatKnown && format.equals("regex") && !has(options, "pattern")) {
      problems.add(
          with, "'format' = 'regex' needs a 'pattern'", "write 'pattern' = '(?P<column>...)'");
    }
    for (Option option : options) {
      String only =
          switch (option.key()) {
            case "pattern" -> "regex";
            case "delimiter", "quote" -> "csv";
            default -> format;
          };
      boolean keepsNothing =
          option.key().equals("unknown") && format.equals("regex") && option.value().equals("keep");
      if (formatKnown && (!only.equals(format) || keepsNothing)) {
        problems.add(
            option.keySpan(),
            "'" + option.key() + "' does not go with 'format' = '" + format + "'",
            keepsNothing ? "leave it out" : "write 'format' = '" + only + "', or leave it out");
      }
    }
  }

  private static boolean has(List<Option> options, String key) {
    return options.stream().anyMatch(option -> option.key().equals(key));
  }
}
