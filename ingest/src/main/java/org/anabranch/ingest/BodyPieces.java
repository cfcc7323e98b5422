// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import org.anabranch.format.Frame;
import org.anabranch.format.FrameReader;
import org.anabranch.format.Framing;
import org.anabranch.format.LimitException;

/**
 * Cuts a body into pieces as it comes. Where it is cut follows from its bytes alone, so that a
 * repeat has the same pieces; a body that fits in one is framed whole before any of it is used.
 */
final class BodyPieces {
  private final BodyStream in;
  private final FrameReader reader;
  private final BodyDigest digest = new BodyDigest();
  private final IngestLimits limits;
  private final Piece piece = new Piece();
  private Frame ahead;
  private boolean ended;
  private int number = -1;
  private long events;
  private BodyIdentity identity;

  BodyPieces(Framing framing, BodyStream in, IngestLimits limits) {
    this.in = in;
    this.limits = limits;
    this.reader = framing.open(in, digest::take);
  }

  /**
   * Reads the next piece; it is valid until the one after.
   *
   * @return false after the last; the first one may be empty
   */
  boolean next() throws IOException {
    if (ended) {
      return false;
    }
    number++;
    piece.clear();
    Frame frame = number == 0 ? first() : ahead;
    while (frame != null) {
      take(frame);
      if (piece.size() == limits.pieces().events() || piece.bytes() >= limits.pieces().bytes()) {
        return cut();
      }
      frame = reader.next();
    }
    return end();
  }

  private Frame first() throws IOException {
    Frame first = reader.next();
    digest.begin(first == null ? "" : first.contentType());
    return first;
  }

  private void take(Frame frame) throws IOException {
    events++;
    if (events > limits.requests().events()) {
      throw new LimitException(
          "Cannot take more than "
              + limits.requests().events()
              + " events in one request; send them in several");
    }
    piece.add(frame);
    in.settle(piece.memory());
  }

  private boolean end() {
    ended = true;
    reader.passSoFar();
    identity = digest.whole(piece.size());
    return true;
  }

  /** The piece is full: whether it is the last shows when one event more is looked for. */
  private boolean cut() throws IOException {
    reader.passSoFar();
    BodyIdentity beginning = digest.beginning(piece.size());
    ahead = reader.next();
    if (ahead == null) {
      return end();
    }
    identity = beginning;
    return true;
  }

  Piece piece() {
    return piece;
  }

  /** Which piece it is, from 0. */
  int number() {
    return number;
  }

  /** What the body is up to the end of the piece. */
  BodyIdentity identity() {
    return identity;
  }
}
