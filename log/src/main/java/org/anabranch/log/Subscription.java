// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** A subscriber's place on a lane. */
public final class Subscription implements AutoCloseable {
  private final LaneTail tail;
  private final Subscriber subscriber;
  private volatile long position;
  private volatile int leaderEpoch;

  Subscription(LaneTail tail, Subscriber subscriber, long position, int leaderEpoch) {
    this.tail = tail;
    this.subscriber = subscriber;
    this.position = position;
    this.leaderEpoch = leaderEpoch;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  void moveTo(long newPosition, int newEpoch) {
    leaderEpoch = newEpoch;
    position = newPosition;
  }

  /** One past the last position the subscriber took. */
  public long position() {
    return position;
  }

  /** The leader epoch of the last position the subscriber took, or -1. */
  public int leaderEpoch() {
    return leaderEpoch;
  }

  /** Ends the subscription: when this returns, nothing more is offered. */
  @Override
  public void close() {
    tail.remove(this);
  }
}
