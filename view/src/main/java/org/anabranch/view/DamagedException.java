// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/**
 * Something that is asked for lies in bytes that are damaged or gone. There is no answer from the
 * rest; the message says which file, what is wrong with it and what to do.
 */
public class DamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Damage damage;

  public DamagedException(Damage damage) {
    this(damage, null);
  }

  public DamagedException(Damage damage, Throwable cause) {
    super("Cannot read " + damage, cause);
    this.damage = damage;
  }

  /** What is damaged. */
  public Damage damage() {
    return damage;
  }
}
