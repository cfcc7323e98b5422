// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.anabranch.view.Nearest;

/** The members of a request's JSON object. One that is unknown or of another type is refused. */
final class Members {
  private final JsonNode object;

  private Members(JsonNode object) {
    this.object = object;
  }

  /**
   * Reads a body; an empty one is an object without members.
   *
   * @throws HttpProblem if it is no object, or has other members than those
   */
  static Members of(byte[] body, String... known) throws HttpProblem {
    JsonNode object = Json.object(body.length == 0 ? new byte[] {'{', '}'} : body);
    List<String> names = List.of(known);
    for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
      String name = each.next();
      if (!names.contains(name)) {
        throw unknown("body", "member", name, names);
      }
    }
    return new Members(object);
  }

  /** Something that has no meaning here. */
  static HttpProblem unknown(String code, String what, String name, Collection<String> known) {
    String near = Nearest.question("; ", name, known);
    HttpProblem problem =
        HttpProblem.badRequest(code, "Cannot take " + what + " '" + name + "'" + near);
    return problem.withHint(
        known.isEmpty() ? "there are none here" : "there are " + new TreeSet<>(known));
  }

  boolean truth(String name, boolean otherwise) throws HttpProblem {
    JsonNode value = object.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(name, value, "true or false");
    }
    return value.booleanValue();
  }

  Optional<String> text(String name) throws HttpProblem {
    JsonNode value = object.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(name, value, "a text");
    }
    return Optional.of(value.textValue());
  }

  List<String> texts(String name) throws HttpProblem {
    JsonNode value = object.get(name);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : value) {
      if (!one.isTextual()) {
        throw wrong(name, value, "a list of texts");
      }
      texts.add(one.textValue());
    }
    if (!value.isArray()) {
      throw wrong(name, value, "a list of texts");
    }
    return texts;
  }

  private static HttpProblem wrong(String name, JsonNode value, String wanted) {
    String text = value.toString();
    String shown = text.length() <= 60 ? text : text.substring(0, 60) + "...";
    return HttpProblem.badRequest(
        "body", "Cannot take " + shown + " as '" + name + "': it is " + wanted);
  }
}
