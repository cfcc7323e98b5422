// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** VARCHAR values as valid UTF-8: row r is {@code bytes[offsets[r] .. offsets[r + 1])}. */
public final class TextVector extends Vector {
  private byte[] bytes;
  private int[] offsets;

  public TextVector(int capacity) {
    super(Type.VARCHAR);
    this.offsets = new int[Math.max(capacity, 1) + 1];
    this.bytes = new byte[Math.max(capacity, 1) * 8];
  }

  /** The bytes of all rows. Not to be written by readers. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where each row starts, and where the last ends. */
  public int[] offsets() {
    return offsets;
  }

  public int start(int row) {
    return offsets[row];
  }

  public int length(int row) {
    return offsets[row + 1] - offsets[row];
  }

  /** Appends bytes that the caller knows to be valid UTF-8. */
  public void appendUtf8(byte[] source, int from, int length) {
    int row = size();
    if (row + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    int start = offsets[row];
    int end = Math.addExact(start, length);
    if (end > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(end, bytes.length * 2L)));
    }
    System.arraycopy(source, from, bytes, start, length);
    offsets[row + 1] = end;
    grown();
  }

  public void appendString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    appendUtf8(utf8, 0, utf8.length);
  }

  public String getString(int row) {
    return new String(bytes, start(row), length(row), StandardCharsets.UTF_8);
  }

  @Override
  public void appendFrom(Vector source, int row) {
    TextVector text = (TextVector) source;
    appendUtf8(text.bytes, text.start(row), text.length(row));
    if (source.isNull(row)) {
      markNull(size() - 1);
    }
  }

  @Override
  Object value(int row) {
    return getString(row);
  }

  @Override
  void appendValue(Object value) {
    appendString((String) value);
  }

  @Override
  void appendPlaceholder() {
    appendUtf8(bytes, 0, 0);
  }
}
