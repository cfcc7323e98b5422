// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

/**
 * What an event may be at most. These bounds decide verdicts, so that they are the same for every
 * reader and are not configured.
 */
public final class Limits {
  /** Nested objects and arrays of an event, the outermost included. */
  public static final int DEPTH = 64;

  /** UTF-8 bytes of one text value, after escapes. */
  public static final int STRING_BYTES = 1 << 20;

  /** Digits of one number, before and after the point. */
  public static final int NUMBER_DIGITS = 100;

  /** Magnitude of a number's exponent. */
  public static final int EXPONENT = 999;

  /** UTF-8 bytes of one field name, after escapes. */
  public static final int NAME_BYTES = 256;

  /** Bytes of one event. */
  public static final int EVENT_BYTES = 4 << 20;

  /** Bytes that are kept of an event above {@link #EVENT_BYTES}. */
  public static final int OVERSIZE_KEPT_BYTES = 4 << 10;

  /** Bytes of a body after inflating, unless the caller says otherwise. */
  public static final long BODY_BYTES = 20L << 20;

  /** Inflated bytes per compressed byte, above {@link #RATIO_FREE_BYTES}. */
  public static final int RATIO = 100;

  /** Inflated bytes below which any ratio is allowed. */
  public static final long RATIO_FREE_BYTES = 1 << 20;

  private Limits() {}
}
