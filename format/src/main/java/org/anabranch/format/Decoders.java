// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.Optional;
import org.anabranch.view.Rejection;
import org.anabranch.view.StreamDefinition;

/** Makes decoders. */
public final class Decoders {
  private Decoders() {}

  /**
   * A decoder of a stream's events, for one thread.
   *
   * @throws IllegalArgumentException if the stream's options cannot be used, with every reason
   */
  public static EventDecoder of(StreamDefinition stream) {
    return new StreamDecoder(stream);
  }

  private static final class StreamDecoder implements EventDecoder {
    private final StreamReaders columns;
    private final String declaredType;
    private final CsvStyle style;
    private final RowDecoder declared;
    private String otherType = "";
    private RowDecoder other;

    StreamDecoder(StreamDefinition stream) {
      this.columns = new StreamReaders(stream);
      this.declaredType = ContentTypes.declared(stream);
      this.style = CsvStyle.of(stream);
      this.declared = make(declaredType);
      if (declaredType.equals(ContentTypes.LINE)) {
        // Events of other types stand in such a stream's log as JSON, so that it must be readable.
        JsonDecoder.fields(stream.schema().columns());
      }
    }

    private RowDecoder make(String contentType) {
      StreamDefinition stream = columns.stream;
      Optional<ContentTypes.CsvType> csv = ContentTypes.readCsv(contentType, style);
      if (csv.isPresent()) {
        CsvStyle its = csv.get().style();
        CsvHeader header =
            csv.get()
                .headerLine()
                .map(line -> CsvHeader.parse(stream, its, line))
                .orElseGet(() -> CsvHeader.declared(stream));
        return new CsvDecoder(columns, header, its);
      }
      return switch (contentType) {
        case ContentTypes.JSON -> json();
        case ContentTypes.LINE -> {
          if (!stream.format().equals("regex")) {
            throw undecodable(contentType);
          }
          yield new LineDecoder(columns);
        }
        default -> throw undecodable(contentType);
      };
    }

    private RowDecoder json() {
      try {
        return new JsonDecoder(columns);
      } catch (IllegalArgumentException e) {
        if (declaredType.equals(ContentTypes.JSON)) {
          throw e;
        }
        // Header names of a CSV stream need not be paths in an object.
        throw new Rejected("syntax", "", e.getMessage());
      }
    }

    private Rejected undecodable(String contentType) {
      if (contentType.startsWith(ContentTypes.OVERSIZE)) {
        return new Rejected(
            "limit",
            "",
            "Cannot take an event of "
                + contentType.substring(ContentTypes.OVERSIZE.length())
                + " bytes: the limit is "
                + Limits.EVENT_BYTES);
      }
      byte[] shown = StreamReaders.utf8(contentType);
      return new Rejected(
          "syntax",
          "",
          "Cannot decode content type "
              + Excerpt.of(shown, 0, shown.length)
              + " for stream "
              + columns.stream.name());
    }

    @Override
    public Rejection decode(
        byte[] bytes, int offset, int length, String contentType, RowsBuilder rows) {
      try {
        RowDecoder decoder = decoder(contentType);
        check(bytes, offset, length);
        decoder.decode(bytes, offset, length, rows);
        return null;
      } catch (Rejected rejected) {
        return rejected.rejection();
      }
    }

    private RowDecoder decoder(String contentType) {
      if (contentType.isEmpty() || contentType.equals(declaredType)) {
        return declared;
      }
      if (!contentType.equals(otherType)) {
        other = make(contentType);
        otherType = contentType;
      }
      return other;
    }

    private static void check(byte[] bytes, int offset, int length) {
      if (length > Limits.EVENT_BYTES) {
        throw new Rejected(
            "limit",
            "",
            "Cannot take an event of " + length + " bytes: the limit is " + Limits.EVENT_BYTES);
      }
      int invalid = Utf8.firstInvalid(bytes, offset, offset + length);
      if (invalid >= 0) {
        throw new Rejected(
            "encoding",
            "",
            "Cannot read the event: byte " + (invalid - offset + 1) + " is not valid UTF-8");
      }
    }
  }
}
