// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Chunk;

/** A place on a lane, and the subscriptions that are at it. */
final class Cursor {
  final List<Subscription> subscriptions = new ArrayList<>();

  private long position;
  private int leaderEpoch;

  /** What was read at the position and no subscription has taken yet, or null. */
  private Chunk pending;

  /** Opened when something is to be read, or null. */
  private LaneReader reader;

  Cursor(long position, int leaderEpoch, Chunk pending) {
    this.position = position;
    this.leaderEpoch = leaderEpoch;
    this.pending = pending;
  }

  long position() {
    return position;
  }

  int leaderEpoch() {
    return leaderEpoch;
  }

  Chunk pending() {
    return pending;
  }

  void keep(Chunk chunk) {
    pending = chunk;
  }

  /** Goes past a chunk that all subscriptions have taken. */
  void pass(Chunk chunk) {
    position = chunk.range().to();
    leaderEpoch = chunk.leaderEpoch();
    pending = null;
    subscriptions.forEach(subscription -> subscription.moveTo(position, leaderEpoch));
  }

  /** Takes over the subscriptions of another cursor at the same position, and what it has. */
  void join(Cursor other) {
    subscriptions.addAll(other.subscriptions);
    if (pending == null) {
      pending = other.pending;
    }
    if (reader == null) {
      reader = other.release();
    }
  }

  LaneReader reader() {
    return reader;
  }

  void use(LaneReader opened) {
    reader = opened;
  }

  /** Gives the reader up to whoever asks. */
  LaneReader release() {
    LaneReader released = reader;
    reader = null;
    return released;
  }
}
