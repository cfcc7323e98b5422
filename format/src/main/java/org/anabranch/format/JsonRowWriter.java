// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.List;
import java.util.Map;
import org.anabranch.view.TextVector;
import org.anabranch.view.Vector;

/**
 * Writes JSON objects, with the columns at their fields and kept unknown fields where they were.
 */
final class JsonRowWriter implements RowWriter {
  private final ColumnWriter[] columns;
  private final FieldNode root;
  private final int restColumn;
  private final ByteSink text = new ByteSink();

  /**
   * @param restColumn the column of kept unknown fields, -1 for none
   */
  JsonRowWriter(ColumnWriter[] columns, FieldNode root, int restColumn) {
    this.columns = columns;
    this.root = root;
    this.restColumn = restColumn;
  }

  @Override
  public void write(List<Vector> vectors, int row, ByteSink out) {
    byte[] rest = null;
    if (restColumn >= 0 && !vectors.get(restColumn).isNull(row)) {
      TextVector kept = (TextVector) vectors.get(restColumn);
      rest =
          java.util.Arrays.copyOfRange(
              kept.bytes(), kept.start(row), kept.start(row) + kept.length(row));
    }
    object(root, vectors, row, rest, out);
  }

  private void object(FieldNode node, List<Vector> vectors, int row, byte[] rest, ByteSink out) {
    Map<byte[], byte[]> kept = members(rest);
    out.add('{');
    boolean first = true;
    for (FieldNode child : node.children) {
      separate(first, out);
      first = false;
      name(child.name, out);
      node(child, vectors, row, kept.isEmpty() ? null : kept.remove(child.name), out);
    }
    for (Map.Entry<byte[], byte[]> member : kept.entrySet()) {
      separate(first, out);
      first = false;
      name(member.getKey(), out);
      out.add(member.getValue());
    }
    out.add('}');
  }

  /** A column's value, or what columns are in, where {@code rest} is what else is there. */
  private void node(FieldNode node, List<Vector> vectors, int row, byte[] rest, ByteSink out) {
    if (node.column >= 0) {
      value(vectors.get(node.column), row, columns[node.column], out);
    } else if (node.isArray()) {
      array(node, vectors, row, rest, out);
    } else {
      object(node, vectors, row, rest, out);
    }
  }

  /** Elements that no column reads are null where nothing of them was kept. */
  private void array(FieldNode node, List<Vector> vectors, int row, byte[] rest, ByteSink out) {
    List<byte[]> kept = rest == null ? List.of() : JsonMembers.elements(rest);
    out.add('[');
    for (int i = 0; i < Math.max(kept.size(), node.elements()); i++) {
      separate(i == 0, out);
      byte[] element = i < kept.size() ? kept.get(i) : null;
      if (node.element(i) != null) {
        node(node.element(i), vectors, row, element, out);
      } else if (element == null) {
        out.add("null");
      } else {
        out.add(element);
      }
    }
    out.add(']');
  }

  private static Map<byte[], byte[]> members(byte[] rest) {
    if (rest == null) {
      return Map.of();
    }
    JsonScanner in = new JsonScanner();
    in.reset(rest, 0, rest.length);
    if (in.peek() != '{') {
      // A field of that name without fields inside it, of an event in another format.
      throw in.syntax("an object");
    }
    return JsonMembers.object(in, 1).members();
  }

  private static void separate(boolean first, ByteSink out) {
    if (!first) {
      out.add(',');
    }
  }

  private static void name(byte[] name, ByteSink out) {
    JsonText.quote(name, 0, name.length, out);
    out.add(':');
  }

  private void value(Vector vector, int row, ColumnWriter column, ByteSink out) {
    if (vector.isNull(row)) {
      out.add("null");
    } else if (column.isQuoted(vector, row)) {
      text.clear();
      column.write(vector, row, text);
      JsonText.quote(text.bytes(), 0, text.length(), out);
    } else {
      column.write(vector, row, out);
    }
  }
}
