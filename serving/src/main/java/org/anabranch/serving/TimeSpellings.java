// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.anabranch.serving.Tree.list;
import static org.anabranch.serving.Tree.map;
import static org.anabranch.serving.Tree.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.TimePattern;
import org.anabranch.view.expression.TypeException;

/** Functions of time that stand for others, as definitions have them. */
final class TimeSpellings {
  static final List<String> NAMES = List.of("date_bin", "time_bucket", "to_char", "to_timestamp");

  /** A Monday, from which TIME_BUCKET counts where nothing else is said. */
  private static final String FIRST_BUCKET = "2000-01-03";

  /** What an INTERVAL of a width that is always the same is for the parser. */
  private static final Set<String> WIDTHS =
      Set.of("to_weeks", "to_days", "to_hours", "to_minutes", "to_seconds", "to_milliseconds");

  private final Refusals refusals;

  TimeSpellings(Refusals refusals) {
    this.refusals = refusals;
  }

  /**
   * What a call stands for, or null if it is none of these.
   *
   * @param walk finds the type of an argument
   */
  Map<String, Object> meaning(
      Map<String, Object> node,
      String name,
      List<Map<String, Object>> arguments,
      Function<Map<String, Object>, Expression> walk) {
    int count = arguments.size();
    return switch (name) {
      case "to_char" -> {
        require(node, count == 2, name, "TO_CHAR(time, 'YYYY-MM-DD')");
        yield toChar(arguments.get(0), pattern(arguments.get(1)));
      }
      case "to_timestamp" -> {
        require(node, count == 1, name, "TO_TIMESTAMP(seconds); of a text, CAST(x AS TIMESTAMP)");
        yield toTimestamp(arguments.get(0));
      }
      case "date_bin" -> {
        require(
            node,
            count == 3,
            name,
            "DATE_BIN(INTERVAL '5' MINUTE, time, TIMESTAMP '2001-01-01 00:00:00')");
        yield bin(width(node, name, arguments.get(0)), arguments.get(1), arguments.get(2));
      }
      case "time_bucket" -> {
        require(node, count == 2 || count == 3, name, "TIME_BUCKET(INTERVAL '5' MINUTE, time)");
        yield bucket(node, arguments, walk);
      }
      default -> null;
    };
  }

  private void require(Map<String, Object> node, boolean fits, String name, String usage) {
    if (!fits) {
      throw refusals.refused(node, Functions.shown(name) + " like this", ": write " + usage);
    }
  }

  private List<TimePattern.Part> pattern(Map<String, Object> written) {
    if (!TypeGate.isText(written)) {
      throw refusals.refused(written, "TO_CHAR by a computed pattern", ": write it as a text");
    }
    try {
      return TimePattern.of(text(map(written.get("literal")), "text"));
    } catch (TypeException e) {
      throw new ServingException(
          ServingException.Reason.REFUSED, e.getMessage() + refusals.place(written), e);
    }
  }

  private static Map<String, Object> toChar(
      Map<String, Object> time, List<TimePattern.Part> parts) {
    Map<String, Object> joined = Tree.text("");
    for (TimePattern.Part part : parts) {
      Map<String, Object> next =
          part.field() == null ? Tree.text(part.text()) : shown(Tree.deep(time), part.field());
      joined = Tree.operator("||", List.of(joined, next));
    }
    return joined;
  }

  private static Map<String, Object> shown(Map<String, Object> time, TimePattern.Field field) {
    String extracted = field.extracted().toLowerCase(Locale.ROOT);
    Map<String, Object> number = Tree.function("date_part", List.of(Tree.text(extracted), time));
    if (field == TimePattern.Field.MS) {
      Map<String, Object> part = Tree.function("mod", List.of(number, Tree.number(1)));
      number = Tree.operator("*", List.of(part, Tree.number(1000)));
    }
    Map<String, Object> digits = Tree.cast(Tree.function("trunc", List.of(number)), "VARCHAR");
    return Tree.function("lpad", List.of(digits, Tree.number(field.width()), Tree.text("0")));
  }

  private static Map<String, Object> toTimestamp(Map<String, Object> seconds) {
    Map<String, Object> start =
        Tree.cast(Tree.text("1970-01-01 00:00:00Z"), "TIMESTAMP WITH TIME ZONE");
    Map<String, Object> millis =
        Tree.cast(Tree.operator("*", List.of(seconds, Tree.number(1000))), "BIGINT");
    Map<String, Object> one = Tree.function("to_milliseconds", List.of(Tree.number(1)));
    return Tree.operator("+", List.of(start, Tree.operator("*", List.of(millis, one))));
  }

  private Map<String, Object> bucket(
      Map<String, Object> node,
      List<Map<String, Object>> arguments,
      Function<Map<String, Object>, Expression> walk) {
    Map<String, Object> width = width(node, "time_bucket", arguments.get(0));
    Map<String, Object> time = arguments.get(1);
    return bin(width, time, arguments.size() > 2 ? arguments.get(2) : origin(time, walk));
  }

  private Map<String, Object> origin(
      Map<String, Object> time, Function<Map<String, Object>, Expression> walk) {
    Expression found = walk.apply(Tree.deep(time));
    if (found == null) {
      throw refusals.refused(
          time, "TIME_BUCKET of what has no certain type", ": CAST it to TIMESTAMP first");
    }
    boolean instant = found.type().isInstant();
    return Tree.cast(Tree.text(FIRST_BUCKET), instant ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP");
  }

  /** A width that is constant and not of months. */
  private Map<String, Object> width(
      Map<String, Object> node, String function, Map<String, Object> written) {
    Map<String, Object> interval =
        TypeGate.isText(written) || text(written, "class").equals("CAST")
            ? CastGate.interval(constant(written))
            : written;
    String count = interval == null ? "" : constant(interval);
    if (!count.matches("[0-9]{1,9}")
        || Integer.parseInt(count) == 0
        || !WIDTHS.contains(text(interval, "function_name"))) {
      throw refusals.refused(
          node,
          Functions.shown(function) + " with this width",
          ": write a constant above 0, of weeks, days, hours, minutes or seconds, as INTERVAL '5'"
              + " MINUTE; months are FLOOR(x TO MONTH)");
    }
    return Tree.function(
        text(interval, "function_name"), List.of(Tree.number(Integer.parseInt(count))));
  }

  /** The text of the constant that casts and calls of one argument are around, or nothing. */
  private static String constant(Map<String, Object> node) {
    return switch (text(node, "class")) {
      case "CONSTANT" -> text(map(node.get("literal")), "text");
      case "CAST" -> constant(map(node.get("child")));
      case "FUNCTION" ->
          list(node.get("arguments")).size() == 1
              ? constant(map(map(list(node.get("arguments")).get(0)).get("expression")))
              : "";
      default -> "";
    };
  }

  /** The start of the stride that a time lies in: strides are counted from the origin. */
  private static Map<String, Object> bin(
      Map<String, Object> stride, Map<String, Object> time, Map<String, Object> origin) {
    Map<String, Object> since = Tree.operator("-", List.of(time, Tree.deep(origin)));
    Map<String, Object> count = Tree.operator("/", List.of(epoch(since), epoch(Tree.deep(stride))));
    Map<String, Object> strides = Tree.cast(Tree.function("floor", List.of(count)), "BIGINT");
    return Tree.operator("+", List.of(origin, Tree.operator("*", List.of(strides, stride))));
  }

  private static Map<String, Object> epoch(Map<String, Object> of) {
    return Tree.function("date_part", List.of(Tree.text("epoch"), of));
  }
}
