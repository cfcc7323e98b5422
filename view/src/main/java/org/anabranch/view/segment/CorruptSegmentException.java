// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

/**
 * Bytes of a segment that are not what was written. The segment must not be read any further; it is
 * derived data and can be folded again.
 */
public final class CorruptSegmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param segment which segment
   * @param place which part of it
   * @param found what is wrong there
   */
  public CorruptSegmentException(String segment, String place, String found) {
    super(message(segment, place, found));
  }

  public CorruptSegmentException(String segment, String place, String found, Throwable cause) {
    super(message(segment, place, found), cause);
  }

  private static String message(String segment, String place, String found) {
    return "Cannot read segment " + segment + ": " + place + " is damaged: " + found;
  }
}
