// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;

/**
 * Writes the content of a frame: numbers with the highest byte first, texts in UTF-8 behind their
 * length, rows value by value behind a byte that says whether there is one.
 */
public final class FrameWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  /** One piece to write. */
  private interface Piece {
    void write() throws IOException;
  }

  private FrameWriter put(Piece piece) {
    try {
      piece.write();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public FrameWriter number(int value) {
    return put(() -> out.writeInt(value));
  }

  public FrameWriter longNumber(long value) {
    return put(() -> out.writeLong(value));
  }

  public FrameWriter text(String value) {
    return block(value.getBytes(StandardCharsets.UTF_8));
  }

  public FrameWriter texts(List<String> values) {
    number(values.size());
    values.forEach(this::text);
    return this;
  }

  private FrameWriter block(byte[] block) {
    return put(
        () -> {
          out.writeInt(block.length);
          out.write(block);
        });
  }

  public FrameWriter schema(Schema schema) {
    number(schema.size());
    for (Column column : schema.columns()) {
      Type type = column.type();
      text(column.name()).text(type.kind().name());
      number(type.precision()).number(type.scale()).number(column.nullable() ? 1 : 0);
    }
    return this;
  }

  /** Writes a row, Java objects in order of the schema. */
  public FrameWriter row(Object[] row, Schema schema) {
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      Type type = schema.column(i).type();
      put(() -> out.writeByte(value == null ? 0 : 1));
      if (value != null) {
        value(value, type);
      }
    }
    return this;
  }

  private void value(Object value, Type type) {
    switch (type.kind()) {
      case BOOLEAN -> put(() -> out.writeByte((Boolean) value ? 1 : 0));
      case DOUBLE -> put(() -> out.writeDouble((Double) value));
      case DECIMAL ->
          block(((BigDecimal) value).setScale(type.scale()).unscaledValue().toByteArray());
      case VARCHAR -> text((String) value);
      default -> longNumber((Long) value);
    }
  }

  /** How many bytes there are. */
  public int size() {
    return bytes.size();
  }

  byte[] content() {
    return bytes.toByteArray();
  }

  /** Forgets what was written. */
  public void clear() {
    bytes.reset();
  }
}
