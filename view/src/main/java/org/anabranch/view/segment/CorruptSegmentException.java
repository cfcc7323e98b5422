// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import org.anabranch.view.Damage;
import org.anabranch.view.DamagedException;

/**
 * Bytes of a segment that are not what was written. The segment must not be read any further; it is
 * derived data and can be folded again.
 */
public final class CorruptSegmentException extends DamagedException {
  private static final long serialVersionUID = 1L;

  /**
   * @param segment which segment
   * @param place which part of it
   * @param found what is wrong there
   */
  public CorruptSegmentException(String segment, String place, String found) {
    this(segment, place, found, null);
  }

  public CorruptSegmentException(String segment, String place, String found, Throwable cause) {
    super(damage(segment, place, found), cause);
  }

  private static Damage damage(String segment, String place, String found) {
    return new Damage(
        "segment " + segment,
        place + " is damaged: " + found,
        "restart the server, which makes it again from the lake or the log");
  }
}
