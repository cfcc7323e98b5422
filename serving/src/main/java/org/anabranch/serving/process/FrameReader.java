// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;

/** Reads what a {@link FrameWriter} wrote. */
public final class FrameReader {
  private final ByteBuffer bytes;

  FrameReader(byte[] content) {
    this.bytes = ByteBuffer.wrap(content);
  }

  /** How many bytes the frame has. */
  public int size() {
    return bytes.capacity();
  }

  public boolean hasMore() {
    return bytes.hasRemaining();
  }

  public int number() {
    return bytes.getInt();
  }

  public long longNumber() {
    return bytes.getLong();
  }

  public String text() {
    return new String(block(), StandardCharsets.UTF_8);
  }

  public List<String> texts() {
    int size = number();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      texts.add(text());
    }
    return texts;
  }

  public Schema schema() {
    int size = number();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      String name = text();
      Type type = new Type(Type.Kind.valueOf(text()), number(), number());
      columns.add(number() == 1 ? Column.nullable(name, type) : Column.required(name, type));
    }
    return new Schema(columns);
  }

  /** A row as Java objects in order of the schema. */
  public Object[] row(Schema schema) {
    Object[] row = new Object[schema.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = bytes.get() == 0 ? null : value(schema.column(i).type());
    }
    return row;
  }

  private Object value(Type type) {
    return switch (type.kind()) {
      case BOOLEAN -> bytes.get() == 1;
      case DOUBLE -> bytes.getDouble();
      case DECIMAL -> new BigDecimal(new BigInteger(block()), type.scale());
      case VARCHAR -> text();
      default -> bytes.getLong();
    };
  }

  private byte[] block() {
    int length = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) {
      throw new IllegalArgumentException(
          "Cannot read " + length + " bytes of a frame: " + bytes.remaining() + " are left");
    }
    byte[] block = new byte[length];
    bytes.get(block);
    return block;
  }
}
