// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.List;
import org.anabranch.view.Rejection;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Vector;

/**
 * Turns framed events of any content type into what is appended to the log. Law: the appended bytes
 * decode to the same row, or the same rejection, as the event itself. Owned by one thread.
 */
public final class Transcoder {
  private final String declaredType;
  private final EventDecoder decoder;
  private final EventWriter writer;
  private final RowsBuilder again;

  public Transcoder(StreamDefinition stream) {
    this.declaredType = ContentTypes.declared(stream);
    this.decoder = Decoders.of(stream);
    this.writer = EventWriter.of(stream);
    this.again = new RowsBuilder(stream);
  }

  /**
   * What is appended for an event.
   *
   * @param bytes the event in the log
   * @param contentType what the bytes are, empty for the stream's declared format
   * @param rejection why the event is not a well-formed row, null if it is one
   * @param dropped how many fields of the event no column took, that the bytes do not have
   */
  public record Transcoded(byte[] bytes, String contentType, Rejection rejection, int dropped) {}

  /**
   * Decodes a framed event into the builder's open row, which the caller commits or rolls back, and
   * says what to append. An event that is rejected, or whose row the declared format cannot hold
   * exactly, stays as it is, with its content type.
   */
  public Transcoded toDeclared(Frame frame, RowsBuilder rows) {
    Rejection rejection =
        decoder.decode(frame.bytes(), frame.offset(), frame.length(), frame.contentType(), rows);
    if (frame.contentType().equals(declaredType)) {
      return new Transcoded(frame.copy(), "", rejection, 0);
    }
    if (rejection == null) {
      byte[] bytes = written(rows);
      String type = writer.contentType().equals(declaredType) ? "" : writer.contentType();
      if (bytes != null && decodesToSameRow(bytes, type, rows)) {
        long dropped = rows.stream().keepsUnknown() ? 0 : rows.openUnknownFields();
        return new Transcoded(bytes, type, null, (int) dropped);
      }
    }
    return new Transcoded(frame.copy(), frame.contentType(), rejection, 0);
  }

  /** The open row in the declared format, or null if it has no place for a kept field. */
  private byte[] written(RowsBuilder rows) {
    try {
      return writer.write(rows.vectors(), rows.size());
    } catch (Rejected noPlace) {
      return null;
    }
  }

  private boolean decodesToSameRow(byte[] bytes, String type, RowsBuilder rows) {
    boolean same = decoder.decode(bytes, 0, bytes.length, type, again) == null;
    List<Vector> expected = rows.vectors();
    List<Vector> actual = again.vectors();
    for (int i = 0; same && i < expected.size(); i++) {
      Object value = expected.get(i).get(rows.size());
      same = java.util.Objects.equals(value, actual.get(i).get(0));
    }
    again.rollbackRow();
    return same;
  }
}
