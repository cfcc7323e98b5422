// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;
import java.util.BitSet;

/**
 * The objects of a JSON array, or the one object that is there. Only what tells events apart is
 * looked at: strings and brackets. Whatever is wrong inside an event is for its decoder to say.
 */
final class JsonFramer implements FrameReader {
  private static final int MAX_DEPTH = 1 << 20;

  private enum State {
    START,
    IN_ARRAY,
    AFTER_ONE,
    DONE
  }

  private final FrameWindow window;
  private final BitSet open = new BitSet();
  private State state = State.START;

  JsonFramer(FrameWindow window) {
    this.window = window;
  }

  @Override
  public Frame next() throws IOException {
    if (state == State.START) {
      window.skipByteOrderMark();
    } else {
      window.advance();
    }
    int next = window.peekBehindSpace();
    return switch (state) {
      case START -> first(next);
      case IN_ARRAY -> following(next);
      case AFTER_ONE -> end(next);
      case DONE -> null;
    };
  }

  private Frame first(int next) throws IOException {
    if (next < 0) {
      throw failure("it is empty");
    }
    if (next != '[') {
      state = State.AFTER_ONE;
      return value(next);
    }
    window.take();
    state = State.IN_ARRAY;
    int inside = window.peekBehindSpace();
    if (inside == ']') {
      window.take();
      return end(window.peekBehindSpace());
    }
    return value(inside);
  }

  private Frame following(int next) throws IOException {
    if (next == ',') {
      window.take();
      return value(window.peekBehindSpace());
    }
    if (next != ']') {
      throw failure(
          next < 0
              ? "the array is not closed"
              : "expected ',' or ']' between events, found " + shown(next));
    }
    window.take();
    return end(window.peekBehindSpace());
  }

  private Frame end(int next) throws IOException {
    if (next >= 0) {
      throw failure(
          "there is more behind its end, beginning with "
              + shown(next)
              + "; send several events as an array or as application/x-ndjson");
    }
    state = State.DONE;
    return null;
  }

  private Frame value(int first) throws IOException {
    if (first < 0) {
      throw failure("the array is not closed");
    }
    if (first == ',' || first == ']' || first == '}') {
      throw failure("expected an event, found " + shown(first));
    }
    if (first == '{' || first == '[') {
      takeNested();
    } else if (first == '"') {
      window.take();
      takeString();
    } else {
      takeWord();
    }
    return window.frame(0, ContentTypes.JSON);
  }

  private void takeNested() throws IOException {
    int depth = 0;
    do {
      int next = window.take();
      switch (next) {
        case '{', '[' -> {
          open.set(depth, next == '{');
          depth++;
        }
        case '}', ']' -> {
          depth--;
          if (open.get(depth) != (next == '}')) {
            throw failure("its brackets do not match");
          }
        }
        case '"' -> takeString();
        case -1 -> throw failure("it ends inside an event");
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        throw failure("its brackets are nested deeper than " + MAX_DEPTH);
      }
    } while (depth > 0);
  }

  private void takeString() throws IOException {
    int next = window.take();
    while (next != '"') {
      if (next == '\\') {
        next = window.take();
      }
      if (next < 0) {
        throw failure("it ends inside a text");
      }
      next = window.take();
    }
  }

  private void takeWord() throws IOException {
    int next = window.take();
    while (next >= 0 && next != ',' && next != ']' && next != '}' && !FrameWindow.isSpace(next)) {
      next = window.take();
    }
    if (next >= 0) {
      window.giveBack();
    }
  }

  private static String shown(int next) {
    byte[] one = {(byte) next};
    return next < 0x80 ? Excerpt.of(one, 0, 1) : "byte " + next;
  }

  private FramingException failure(String why) {
    return new FramingException(
        window.line(), "Cannot split the JSON at line " + window.line() + ": " + why);
  }

  @Override
  public void passSoFar() {
    window.passScanned();
  }
}
