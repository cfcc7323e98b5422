// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.view.Clock;
import org.anabranch.view.segment.ShownGroup;

/** Answers that stay pinned for their next page: a bounded number, for a bounded time. */
final class Cursors implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final int most;
  private final long millis;
  private final Clock clock;
  private final Map<String, Cursor> open = new LinkedHashMap<>();
  private boolean closed;

  Cursors(int most, long millis, Clock clock) {
    this.most = most;
    this.millis = millis;
    this.clock = clock;
  }

  /**
   * A pinned answer.
   *
   * @param question what was asked, which later pages must repeat
   * @param pin what answers
   * @param sorted all rows where they are sorted, else null
   */
  record Cursor(String question, PinnedTiling pin, List<ShownGroup> sorted, long[] lastUsed) {}

  /** Keeps an answer; the cursor holds the pin from now on. */
  synchronized String keep(String question, PinnedTiling pin, List<ShownGroup> sorted) {
    expire();
    if (closed || most == 0) {
      pin.close();
      return "gone";
    }
    while (open.size() >= most) {
      release(open.keySet().iterator().next());
    }
    byte[] bytes = new byte[12];
    RANDOM.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    open.put(id, new Cursor(question, pin, sorted, new long[] {clock.nanos()}));
    return id;
  }

  /** The answer of an id with its pin held once more. */
  synchronized Cursor take(String id, String question) {
    expire();
    Cursor cursor = open.remove(id);
    if (cursor == null) {
      throw new ServingException(
          ServingException.Reason.PAGE_EXPIRED,
          "Cannot go on from this page token: it expired after "
              + millis
              + " ms, or gave way to newer ones; start again without it");
    }
    open.put(id, cursor);
    if (!cursor.question().equals(question)) {
      throw new ServingException(
          ServingException.Reason.REFUSED,
          "Cannot go on from this page token: view, filters and order must be those of the first"
              + " page");
    }
    cursor.lastUsed()[0] = clock.nanos();
    cursor.pin().hold();
    return cursor;
  }

  /** Lets the oldest answer go that keeps sorted rows, if there is one. */
  synchronized boolean releaseSorted() {
    for (Map.Entry<String, Cursor> one : open.entrySet()) {
      if (one.getValue().sorted() != null) {
        release(one.getKey());
        return true;
      }
    }
    return false;
  }

  synchronized int size() {
    expire();
    return open.size();
  }

  private void expire() {
    long now = clock.nanos();
    List<String> old = new ArrayList<>();
    open.forEach(
        (id, cursor) -> {
          if (now - cursor.lastUsed()[0] > millis * 1_000_000) {
            old.add(id);
          }
        });
    old.forEach(this::release);
  }

  private void release(String id) {
    open.remove(id).pin().close();
  }

  @Override
  public synchronized void close() {
    closed = true;
    List.copyOf(open.keySet()).forEach(this::release);
  }
}
