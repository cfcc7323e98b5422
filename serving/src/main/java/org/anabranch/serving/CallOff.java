// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

/** Lets another thread end a query whose answer nobody waits for any more. */
public final class CallOff {
  private boolean given;
  private Runnable action = () -> {};

  /** Ends the query, at once or as soon as it is begun. */
  public void give() {
    Runnable now;
    synchronized (this) {
      given = true;
      now = action;
    }
    now.run();
  }

  synchronized boolean isGiven() {
    return given;
  }

  /** What is to be done when it is given from now on. */
  void means(Runnable ending) {
    boolean already;
    synchronized (this) {
      action = ending;
      already = given;
    }
    if (already) {
      ending.run();
    }
  }

  static ServingException gone() {
    return new ServingException(
        ServingException.Reason.UNAVAILABLE,
        "Cannot go on with the query: nobody waits for its answer any more");
  }
}
