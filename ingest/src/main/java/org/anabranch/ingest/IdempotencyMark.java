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
 * @param index which of its events this is, from 0
 * @param body what its body was
 * @param rejected how many of its events were rejected
 */
record IdempotencyMark(String key, int index, BodyIdentity body, int rejected) {
  /** {@code events:digest:rejected}. */
  static final String BODY = "idempotency-body";

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

  /** The headers of an event. */
  static Map<String, String> headers(Optional<IdempotencyMark> mark, String contentType) {
    Map<String, String> headers = new HashMap<>();
    if (!contentType.isEmpty()) {
      headers.put(EventHeaders.CONTENT_TYPE, contentType);
    }
    mark.ifPresent(
        known -> {
          headers.put(EventHeaders.IDEMPOTENCY_KEY, known.key);
          headers.put(EventHeaders.IDEMPOTENCY_INDEX, Integer.toString(known.index));
          headers.put(BODY, known.body + ":" + known.rejected);
        });
    return headers;
  }

  /** The mark of a record; a record that has none, or not all of it, is nobody's repeat. */
  static Optional<IdempotencyMark> of(LogRecord record) {
    String key = record.header(EventHeaders.IDEMPOTENCY_KEY);
    String index = record.header(EventHeaders.IDEMPOTENCY_INDEX);
    String text = record.header(BODY);
    if (key == null || index == null || text == null || !NUMBER.matcher(index).matches()) {
      return Optional.empty();
    }
    int colon = text.lastIndexOf(':');
    String rejected = text.substring(colon + 1);
    if (colon < 0 || !NUMBER.matcher(rejected).matches()) {
      return Optional.empty();
    }
    int number = Integer.parseInt(index);
    return BodyIdentity.parse(text.substring(0, colon))
        .filter(body -> number < body.events())
        .map(body -> new IdempotencyMark(key, number, body, Integer.parseInt(rejected)));
  }
}
