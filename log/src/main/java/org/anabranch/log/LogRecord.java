// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Map;

/** A record of the log while it is read. Valid only until the reader is asked for more. */
public interface LogRecord {
  long position();

  /** When the log took it, in epoch milliseconds. */
  long appendedAt();

  /** The array that holds the value, or null: a record may have none. Not to be written. */
  byte[] bytes();

  /** Where in {@link #bytes} the value starts. */
  int offset();

  /** How long the value is. */
  int length();

  /** A header's value, or null. Of equal names the last counts. */
  String header(String name);

  /** All headers. */
  Map<String, String> headers();
}
