// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.FieldPath;

/** Decodes one JSON object straight into vectors. */
final class JsonDecoder implements RowDecoder {
  private final StreamReaders columns;
  private final FieldNode root;
  private final boolean keepsUnknown;
  private final boolean refusesUnknown;
  private final JsonScanner in = new JsonScanner();
  private RowsBuilder rows;
  private long event;
  private int filled;
  private long unknown;

  JsonDecoder(StreamReaders columns) {
    this.columns = columns;
    this.root = fields(columns.stream.schema().columns());
    this.keepsUnknown = columns.stream.keepsUnknown();
    this.refusesUnknown = columns.refusesUnknown();
  }

  /** The tree of all fields that columns read. */
  static FieldNode fields(List<Column> columns) {
    FieldNode root = FieldNode.root();
    for (int i = 0; i < columns.size(); i++) {
      FieldPath path = FieldPath.of(columns.get(i));
      FieldNode node = root;
      for (FieldPath.Step step : path.steps()) {
        node =
            step.isElement()
                ? node.makeElement(step.element())
                : node.child(StreamReaders.utf8(step.name()));
      }
      if (node.column >= 0) {
        throw new IllegalArgumentException(
            "Cannot read field '"
                + node.path()
                + "' into two columns, "
                + columns.get(node.column).name()
                + " and "
                + columns.get(i).name());
      }
      node.column = i;
    }
    checkNesting(root, columns);
    return root;
  }

  private static void checkNesting(FieldNode node, List<Column> columns) {
    if (node.column >= 0 && !node.children.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot read field '"
              + node.nameText()
              + "' into column "
              + columns.get(node.column).name()
              + " and also a field inside it");
    }
    if (node.children.stream().map(child -> child.isElement()).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "Cannot read '" + node.path() + "' both as an object and as an array");
    }
    node.children.forEach(child -> checkNesting(child, columns));
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RowsBuilder builder) {
    in.reset(bytes, offset, length);
    rows = builder;
    event++;
    filled = 0;
    unknown = 0;
    if (in.peek() != '{') {
      throw in.syntax("an object");
    }
    JsonMembers rest = object(root, 1);
    in.expectEnd();
    if (filled < columns.size()) {
      columns.fillMissing(rows);
    }
    columns.fillRest(rest, rows);
    rows.addUnknownFields(unknown);
  }

  /** Reads an object that columns look into; what is kept of its unknown fields, or null. */
  private JsonMembers object(FieldNode node, int depth) {
    JsonMembers rest = null;
    node.open();
    in.position++;
    if (in.peek() == '}') {
      in.position++;
      return null;
    }
    int ordinal = 0;
    do {
      in.expect('"');
      FieldNode child = node.match(in, ordinal++, event);
      if (child != null && child.column >= 0) {
        in.expect(':');
        columns.readers[child.column].readJson(in, rows.vector(child.column));
        filled++;
      } else {
        rest = other(node, child, depth, rest);
      }
    } while (in.another('}'));
    return rest;
  }

  private JsonMembers other(FieldNode node, FieldNode child, int depth, JsonMembers before) {
    boolean inner = child != null && child.isWanted();
    if (!inner) {
      unknown(node, child);
    }
    if (!inner && !keepsUnknown) {
      in.expect(':');
      in.skip(depth);
      return before;
    }
    byte[] name = child != null ? child.name : Arrays.copyOfRange(in.text, in.textFrom, in.textTo);
    in.expect(':');
    byte[] kept = inner ? inner(child, depth) : JsonMembers.value(in, depth);
    if (kept == null) {
      return before;
    }
    JsonMembers rest = before == null ? new JsonMembers() : before;
    rest.put(name, kept);
    return rest;
  }

  /** A field that no column reads; without a child one of very many, whose name is the text. */
  private void unknown(FieldNode node, FieldNode child) {
    unknown++;
    if (refusesUnknown) {
      String name =
          child != null
              ? child.nameText()
              : new String(in.text, in.textFrom, in.textTo - in.textFrom, StandardCharsets.UTF_8);
      throw columns.unknown(node.path().isEmpty() ? name : node.path() + "." + name);
    }
    if (rows.namesUnknown()) {
      rows.nameUnknown(child != null ? child.unknown() : null);
    }
  }

  /** Reads an object on the way to a column; a null there is a null of every column below. */
  private byte[] inner(FieldNode node, int depth) {
    int next = in.peek();
    if (next == 'n') {
      in.word("null");
      fillNull(node);
      return null;
    }
    if (next != (node.isArray() ? '[' : '{')) {
      in.skip(depth);
      throw new Rejected(
          "type",
          columns.readers[leaf(node)].name(),
          "Cannot look for "
              + columns.readers[leaf(node)].name()
              + " inside \""
              + node.path()
              + "\": expected an "
              + (node.isArray() ? "array" : "object")
              + " there");
    }
    if (node.isArray()) {
      return array(node, JsonScanner.nested(depth));
    }
    JsonMembers rest = object(node, JsonScanner.nested(depth));
    return rest == null ? null : rest.toBytes();
  }

  /**
   * Reads an array of which columns read elements; what is kept of the others, null in the places
   * of those that are read, or null without any. Elements that are not there are missing fields.
   */
  private byte[] array(FieldNode node, int depth) {
    in.position++;
    if (in.peek() == ']') {
      in.position++;
      return null;
    }
    ByteSink kept = keepsUnknown ? new ByteSink() : null;
    boolean others = false;
    int keptElements = 0;
    int index = 0;
    do {
      FieldNode element = node.element(index);
      byte[] rest = null;
      if (element != null) {
        rest = element(element, depth);
      } else if (in.peek() == 'n') {
        in.word("null");
      } else {
        others = true;
        if (keepsUnknown) {
          rest = JsonMembers.value(in, depth);
        } else {
          in.skip(depth);
        }
      }
      index++;
      if (rest != null) {
        append(keptElements, index, rest, kept);
        keptElements = index;
      }
    } while (in.another(']'));
    if (others) {
      unknownElements(node);
    }
    if (keptElements == 0) {
      return null;
    }
    kept.add(']');
    return kept.toBytes();
  }

  /** Adds an element behind those that are there, and null for every one between. */
  private static void append(int before, int upTo, byte[] rest, ByteSink kept) {
    for (int i = before; i < upTo; i++) {
      kept.add(i == 0 ? '[' : ',');
      if (i < upTo - 1) {
        kept.add("null");
      }
    }
    kept.add(rest);
  }

  private byte[] element(FieldNode element, int depth) {
    if (element.column < 0) {
      return inner(element, depth);
    }
    in.peek();
    columns.readers[element.column].readJson(in, rows.vector(element.column));
    filled++;
    return null;
  }

  private void unknownElements(FieldNode node) {
    unknown++;
    if (refusesUnknown) {
      throw columns.unknown(node.path() + "[]");
    }
    if (rows.namesUnknown()) {
      rows.nameUnknown(node.unknownElements());
    }
  }

  private void fillNull(FieldNode node) {
    if (node.column >= 0) {
      columns.readers[node.column].readNull(rows.vector(node.column));
      filled++;
    }
    node.children.forEach(this::fillNull);
  }

  private static int leaf(FieldNode node) {
    return node.column >= 0 ? node.column : leaf(node.children.get(0));
  }
}
