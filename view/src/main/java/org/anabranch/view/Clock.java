// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/** Where time comes from: the system in production, the test in tests. */
public interface Clock {
  /** Milliseconds since the epoch. */
  long millis();

  /** Nanoseconds since some fixed moment, never going back: for measuring. */
  long nanos();

  /** The machine's clock. */
  Clock SYSTEM =
      new Clock() {
        @Override
        public long millis() {
          return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };
}
