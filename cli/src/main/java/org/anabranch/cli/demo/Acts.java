// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.demo;

/**
 * Where the story turns: places in the order of arrival.
 *
 * @param midnightMillis a midnight near the middle of the file
 * @param midnight the first flight that arrived after it
 * @param morning the first that arrived six hours later
 * @param airport where most of those left that departed before midnight and arrived after it
 * @param late how many these are
 */
record Acts(long midnightMillis, int midnight, int morning, String airport, int late) {
  private static final long DAY_MILLIS = 86_400_000;
  private static final long SIX_HOURS_MILLIS = DAY_MILLIS / 4;

  static Acts of(Flights flights) {
    long middle = flights.arrival(flights.size() / 2);
    long midnightMillis = Math.floorDiv(middle, DAY_MILLIS) * DAY_MILLIS;
    int midnight = flights.firstFrom(midnightMillis);
    int morning = flights.firstFrom(midnightMillis + SIX_HOURS_MILLIS);
    int[] late = new int[flights.airports()];
    int most = 0;
    for (int place = midnight; place < morning; place++) {
      long departed = flights.departure(place);
      if (departed < midnightMillis
          && departed >= midnightMillis - DAY_MILLIS
          && flights.delay(place) != Flights.UNKNOWN) {
        int origin = flights.origin(place);
        late[origin]++;
        most = late[origin] > late[most] ? origin : most;
      }
    }
    return new Acts(midnightMillis, midnight, morning, flights.airport(most), late[most]);
  }
}
