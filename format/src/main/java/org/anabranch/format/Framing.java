// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.StreamDefinition;

/**
 * Splits bodies of one content type into events of a stream: {@code application/json} (one object
 * or an array of objects), {@code application/x-ndjson}, {@code text/csv} with a header line, and
 * {@code text/plain} for streams that read lines.
 */
public final class Framing {
  private enum Kind {
    JSON,
    NDJSON,
    CSV,
    CSV_WITHOUT_HEADER,
    LINES
  }

  private final StreamDefinition stream;
  private final Kind kind;
  private final CsvStyle style;

  private Framing(StreamDefinition stream, Kind kind, CsvStyle style) {
    this.stream = stream;
    this.kind = kind;
    this.style = style;
  }

  /**
   * @param contentType as in the HTTP header, with its parameters
   * @throws ContentTypeException if the stream does not take it
   */
  public static Framing of(String contentType, StreamDefinition stream)
      throws ContentTypeException {
    BodyType type = BodyType.parse(contentType);
    boolean lines = stream.format().equals("regex");
    Kind kind =
        switch (type.name()) {
          case "application/json" -> Kind.JSON;
          case "application/x-ndjson", "application/ndjson", "application/jsonl" -> Kind.NDJSON;
          case "text/csv" -> type.hasHeader() ? Kind.CSV : Kind.CSV_WITHOUT_HEADER;
          case "text/plain" -> lines ? Kind.LINES : null;
          default -> null;
        };
    if (kind == null) {
      throw new ContentTypeException(
          "Cannot read content type '"
              + contentType
              + "' for stream "
              + stream.name()
              + ": it takes application/json, application/x-ndjson, text/csv"
              + (lines ? " and text/plain" : ""));
    }
    return new Framing(stream, kind, type.style(CsvStyle.of(stream), contentType));
  }

  /** All events of a body, decided before the first is used. They share the body's bytes. */
  public List<Frame> frameAll(byte[] body) throws FramingException {
    FrameReader reader = reader(new FrameWindow(body));
    List<Frame> frames = new ArrayList<>();
    try {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        frames.add(frame);
      }
    } catch (FramingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read an array of bytes", e);
    }
    return frames;
  }

  /** The events of a body as it comes, without limit of its size. */
  public FrameReader open(InputStream body) {
    return reader(new FrameWindow(body));
  }

  /** The same, and every byte of the body is passed on with the event that it belongs to. */
  public FrameReader open(InputStream body, FrameReader.Body passed) {
    return reader(new FrameWindow(body).passing(passed));
  }

  private FrameReader reader(FrameWindow window) {
    return switch (kind) {
      case JSON -> new JsonFramer(window);
      case NDJSON -> new LineFramer(window, ContentTypes.JSON);
      case LINES -> new LineFramer(window, ContentTypes.LINE);
      case CSV -> new CsvFramer(window, stream, style, true);
      case CSV_WITHOUT_HEADER -> new CsvFramer(window, stream, style, false);
    };
  }
}
