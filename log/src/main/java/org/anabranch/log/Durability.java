// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** What an acknowledged append survives. */
public enum Durability {
  /** The end of the process, however sudden; not a loss of power. */
  PROCESS("acknowledged events survive the end of the process, not a loss of power"),
  /** Also a loss of power: the log is flushed to the disk before it acknowledges. */
  POWER("acknowledged events are flushed to the disk and survive a loss of power"),
  /** What the external cluster's replication gives. */
  CLUSTER("acknowledged events are on all in-sync replicas of the external cluster");

  private final String meaning;

  Durability(String meaning) {
    this.meaning = meaning;
  }

  /** What it means, in words. */
  public String meaning() {
    return meaning;
  }
}
