// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.BitSet;

/** The elements of one array, or the one object there is; every piece is an array. */
final class JsonCutter implements EventCutter {
  private boolean begun;
  private boolean array;
  private boolean ended;
  private boolean first;

  @Override
  public long begin(FileContent in, ByteArrayOutputStream piece) throws IOException {
    if (!begun) {
      start(in);
    } else {
      separator(in);
    }
    piece.write('[');
    first = true;
    return in.line();
  }

  private void start(FileContent in) throws IOException {
    begun = true;
    skipSpace(in);
    array = in.peek() == '[';
    if (in.peek() < 0) {
      throw in.failure(in.line(), "it is empty, and no JSON");
    }
    if (array) {
      in.skip();
      skipSpace(in);
      if (in.peek() == ']') {
        end(in);
      }
    }
  }

  private static void skipSpace(FileContent in) throws IOException {
    while (FileFormat.isSpace(in.peek())) {
      in.skip();
    }
  }

  /** Goes from behind one element to the next one. */
  private void separator(FileContent in) throws IOException {
    skipSpace(in);
    if (ended) {
      return;
    }
    if (!array || in.peek() == ']') {
      end(in);
    } else if (in.peek() == ',') {
      in.skip();
      skipSpace(in);
    } else {
      throw in.failure(in.line(), "expected ',' or ']' between events" + found(in));
    }
  }

  private static String found(FileContent in) throws IOException {
    int next = in.peek();
    return next < 0 ? ", found the end" : ", found '" + (char) next + "'";
  }

  private void end(FileContent in) throws IOException {
    ended = true;
    if (array) {
      in.skip();
    }
    skipSpace(in);
    if (in.peek() >= 0) {
      throw in.failure(
          in.line(),
          "there is more behind the end of the JSON; a file of one object a line is ndjson");
    }
  }

  @Override
  public int next(FileContent in, ByteArrayOutputStream piece) throws IOException {
    if (!first) {
      long line = in.line();
      separator(in);
      // The line breaks that were passed, so that lines of the piece are lines of the file.
      if (!ended) {
        piece.write(',');
        for (long passed = line; passed < in.line(); passed++) {
          piece.write('\n');
        }
      }
    }
    if (ended) {
      return -1;
    }
    first = false;
    value(in, piece);
    return 1;
  }

  private static void value(FileContent in, ByteArrayOutputStream piece) throws IOException {
    long line = in.line();
    int most = piece.size() + FileContent.MOST_EVENT_BYTES;
    int next = in.peek();
    if (next < 0 || next == ',' || next == ']' || next == '}') {
      throw in.failure(line, "expected an event" + found(in));
    }
    if (next == '{' || next == '[') {
      nested(in, piece, line, most);
    } else if (in.take(piece) == '"') {
      text(in, piece, line, most);
    } else {
      word(in, piece, line, most);
    }
  }

  private static void nested(FileContent in, ByteArrayOutputStream piece, long line, int most)
      throws IOException {
    BitSet braces = new BitSet();
    int depth = 0;
    do {
      int next = in.take(piece);
      switch (next) {
        case '{', '[' -> braces.set(depth++, next == '{');
        case '}', ']' -> {
          depth--;
          if (braces.get(depth) != (next == '}')) {
            throw in.failure(line, "the brackets of the event there do not match");
          }
        }
        case '"' -> text(in, piece, line, most);
        case -1 -> throw in.failure(line, "the event there is never closed");
        default -> {}
      }
      in.requireSize(piece.size() <= most, line);
    } while (depth > 0);
  }

  /** A number or anything else that is not quoted. */
  private static void word(FileContent in, ByteArrayOutputStream piece, long line, int most)
      throws IOException {
    while (!endsWord(in.peek())) {
      in.take(piece);
      in.requireSize(piece.size() <= most, line);
    }
  }

  private static boolean endsWord(int next) {
    return next < 0 || next == ',' || next == ']' || next == '}' || FileFormat.isSpace(next);
  }

  private static void text(FileContent in, ByteArrayOutputStream piece, long line, int most)
      throws IOException {
    int next = in.take(piece);
    while (next != '"') {
      if (next == '\\') {
        next = in.take(piece);
      }
      if (next < 0) {
        throw in.failure(line, "a text in the event there is never closed");
      }
      in.requireSize(piece.size() <= most, line);
      next = in.take(piece);
    }
  }

  @Override
  public void end(ByteArrayOutputStream piece) {
    piece.write(']');
  }
}
