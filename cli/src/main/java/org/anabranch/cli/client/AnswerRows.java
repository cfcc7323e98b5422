// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The rows of an answer, whether the server wrote them as objects or, shorter, as arrays. */
public final class AnswerRows {
  private AnswerRows() {}

  /** Each row as an object: values by the names of the columns. */
  public static ArrayNode of(JsonNode answer) {
    JsonNode columns = answer.path("columns");
    ArrayNode rows = Server.JSON.createArrayNode();
    for (JsonNode row : answer.path("rows")) {
      rows.add(row.isArray() ? named(columns, row) : row);
    }
    return rows;
  }

  private static ObjectNode named(JsonNode columns, JsonNode values) {
    ObjectNode row = Server.JSON.createObjectNode();
    for (int i = 0; i < columns.size(); i++) {
      row.set(columns.path(i).path("name").asText(), values.path(i));
    }
    return row;
  }
}
