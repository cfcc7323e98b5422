// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.anabranch.log.EventHeaders;
import org.anabranch.log.LogRecord;

/**
 * What a record says of the request that it came with, so that the log alone tells which events of
 * a request it has, whether a repeat has the same body, and how many events were rejected.
 *
 * @param key the request
 * @param piece which piece of its body, from 0
 * @param index which of the piece's events this is, from 0
 * @param body what its body was up to the end of the piece
 * @param rejected how many of the piece's events were rejected
 */
record IdempotencyMark(String key, int piece, int index, BodyIdentity body, int rejected) {
  /** {@code events:digest:rejected}. */
  static final String BODY = "idempotency-body";

  /** Which piece of the body; absent for the first, which mostly is the only one. */
  static final String PIECE = "idempotency-piece";

  private static final Pattern KEY =
      Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,254}[\\x21-\\x7e])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  static String requireKey(String key) throws IngestException {
    if (!KEY.matcher(key).matches()) {
      throw new IngestException(
          IngestException.Kind.UNUSABLE_KEY,
          "Cannot use an idempotency key of "
              + key.length()
              + " characters: it must be 1 to 256 printable ASCII characters, no blank at either"
              + " end",
          null);
    }
    return key;
  }

  /** What a piece of a request is called among all that are known: no key has such a character. */
  static String name(String key, int piece) {
    return piece == 0 ? key : key + '\0' + piece;
  }

  String name() {
    return name(key, piece);
  }

  /** The mark of one event of the same piece. */
  IdempotencyMark of(int event, int rejectedEvents) {
    return new IdempotencyMark(key, piece, event, body, rejectedEvents);
  }

  /** The headers of an event. */
  static Map<String, String> headers(Optional<IdempotencyMark> mark, String contentType) {
    if (mark.isEmpty() && contentType.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = new HashMap<>();
    if (!contentType.isEmpty()) {
      headers.put(EventHeaders.CONTENT_TYPE, contentType);
    }
    mark.ifPresent(
        known -> {
          headers.put(EventHeaders.IDEMPOTENCY_KEY, known.key);
          headers.put(EventHeaders.IDEMPOTENCY_INDEX, Integer.toString(known.index));
          headers.put(BODY, known.body + ":" + known.rejected);
          if (known.piece > 0) {
            headers.put(PIECE, Integer.toString(known.piece));
          }
        });
    return headers;
  }

  /** The mark of a record; a record that has none, or not all of it, is nobody's repeat. */
  static Optional<IdempotencyMark> of(LogRecord record) {
    String key = record.header(EventHeaders.IDEMPOTENCY_KEY);
    String index = record.header(EventHeaders.IDEMPOTENCY_INDEX);
    String text = record.header(BODY);
    String piece = record.header(PIECE);
    if (key == null || index == null || text == null || !isNumber(index) || !isPiece(piece)) {
      return Optional.empty();
    }
    int colon = text.lastIndexOf(':');
    String rejected = text.substring(colon + 1);
    if (colon < 0 || !isNumber(rejected)) {
      return Optional.empty();
    }
    int number = Integer.parseInt(index);
    int of = piece == null ? 0 : Integer.parseInt(piece);
    return BodyIdentity.parse(text.substring(0, colon))
        .filter(body -> number < body.events())
        .map(body -> new IdempotencyMark(key, of, number, body, Integer.parseInt(rejected)));
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private static boolean isPiece(String text) {
    return text == null || isNumber(text);
  }
}
