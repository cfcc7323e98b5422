// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Content-Type as RFC 9110 has it, with the parameters that say how a body is to be read. A
 * parameter that means nothing here is refused: it would be a wish that is not heard.
 *
 * @param name type and subtype, in small letters
 * @param parameters by name in small letters
 */
record BodyType(String name, Map<String, String> parameters) {
  private static final int LONGEST = 1_000;
  private static final int SHOWN = 60;
  private static final Pattern TYPE = Pattern.compile("\\s*([^;\\s]*)\\s*");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\s*;\\s*(?:([^=;\\s\"]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))\\s*)?");
  private static final List<String> OF_CSV = List.of("header", "delimiter", "quote");
  private static final String CHARSET = "charset";

  static BodyType parse(String text) throws ContentTypeException {
    if (text.length() > LONGEST) {
      throw refused(text.substring(0, SHOWN) + "...", "it has more than 1000 characters");
    }
    Matcher type = TYPE.matcher(text);
    if (!type.lookingAt()) {
      throw refused(text, "it names no type");
    }
    String name = type.group(1).toLowerCase(Locale.ROOT);
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(text);
    int at = type.end();
    while (at < text.length()) {
      if (!parameter.region(at, text.length()).lookingAt()) {
        throw refused(text, "its parameters are written name=value, with semicolons between them");
      }
      at = parameter.end();
      if (parameter.group(1) != null) {
        String key = parameter.group(1).toLowerCase(Locale.ROOT);
        if (parameters.put(key, value(parameter)) != null) {
          throw refused(text, "it has '" + key + "' twice");
        }
      }
    }
    BodyType parsed = new BodyType(name, parameters);
    parsed.check(text);
    return parsed;
  }

  private static String value(Matcher parameter) {
    return parameter.group(2) == null
        ? parameter.group(3)
        : parameter.group(2).replaceAll("\\\\(.)", "$1");
  }

  private void check(String text) throws ContentTypeException {
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String key = parameter.getKey();
      if (key.equals(CHARSET)) {
        if (!parameter.getValue().toLowerCase(Locale.ROOT).matches("utf-?8|us-ascii")) {
          throw refused(text, "send UTF-8");
        }
      } else if (!OF_CSV.contains(key)) {
        throw refused(text, "there is no parameter '" + key + "'" + nearest(key));
      } else if (!name.equals(ContentTypes.CSV)) {
        throw refused(text, "'" + key + "' is a parameter of text/csv");
      }
    }
    String header = parameters.getOrDefault("header", "present").toLowerCase(Locale.ROOT);
    if (!header.equals("present") && !header.equals("absent")) {
      throw refused(text, "'header' is present or absent");
    }
  }

  private String nearest(String key) {
    List<String> known =
        name.equals(ContentTypes.CSV)
            ? List.of("header", "delimiter", "quote", CHARSET)
            : List.of(CHARSET);
    return NearestField.of(key, known)
        .map(near -> "; did you mean '" + near + "'?")
        .orElse("; it takes " + String.join(", ", known));
  }

  boolean hasHeader() {
    return !parameters.getOrDefault("header", "present").equalsIgnoreCase("absent");
  }

  /** The style of a CSV body, where it says other than the stream's own. */
  CsvStyle style(CsvStyle own, String text) throws ContentTypeException {
    try {
      CsvStyle style = own;
      if (parameters.containsKey("delimiter")) {
        style = style.delimiter(CsvStyle.delimiter(unescaped(parameters.get("delimiter"))));
      }
      if (parameters.containsKey("quote")) {
        style = style.quoted(CsvStyle.quoted(unescaped(parameters.get("quote"))));
      }
      return style;
    } catch (IllegalArgumentException e) {
      throw refused(text, e.getMessage());
    }
  }

  /** A character that cannot stand there may be written as in a URL: {@code %3B}. */
  private static String unescaped(String value) {
    return value.matches("%[0-9a-fA-F]{2}")
        ? URLDecoder.decode(value, StandardCharsets.UTF_8)
        : value;
  }

  private static ContentTypeException refused(String text, String why) {
    return new ContentTypeException("Cannot read content type '" + text + "': " + why);
  }
}
