// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.TreeSet;

/**
 * Clocks of regions, by the JDK's time-zone data. A local time that a clock skips is read with the
 * offset before the gap; one that it shows twice is the second of the two, as in PostgreSQL.
 */
public final class TimeZones {
  private TimeZones() {}

  /** The version of the time-zone data, such as {@code 2025b}; part of a fold's identity. */
  public static String dataVersion() {
    return ZoneRulesProvider.getVersions("UTC").lastKey();
  }

  /**
   * A region by its name in the time-zone database, or UTC.
   *
   * @throws EvaluationException for everything else, offsets among it: PostgreSQL reads the sign of
   *     an offset the other way round than ISO 8601
   */
  public static ZoneRules of(String name) throws EvaluationException {
    if (isRegion(name) && ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
      return ZoneRulesProvider.getRules(name, false);
    }
    throw new EvaluationException(
        "Cannot use " + Excerpt.of(name) + " as a time zone: " + advice(name));
  }

  /** INSTANT to TIMESTAMP: what the region's clock shows. */
  public static long local(long instant, ZoneRules zone) throws EvaluationException {
    ZoneOffset offset = zone.getOffset(Instant.ofEpochMilli(instant));
    return TimeFunctions.checked(instant + offset.getTotalSeconds() * 1000L);
  }

  /** As {@link #local}, of microseconds. */
  public static long microLocal(long instant, ZoneRules zone) throws EvaluationException {
    long millis = MicroTimes.millis(instant);
    return instant + MicroTimes.ofMillis(local(millis, zone) - millis);
  }

  /** As {@link #instant}, of microseconds. */
  public static long microInstant(long local, ZoneRules zone) throws EvaluationException {
    long millis = MicroTimes.millis(local);
    return local + MicroTimes.ofMillis(instant(millis, zone) - millis);
  }

  /** TIMESTAMP to INSTANT: when the region's clock shows it. */
  public static long instant(long local, ZoneRules zone) throws EvaluationException {
    long second = Math.floorDiv(local, 1000L);
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    ZoneOffsetTransition transition = zone.getTransition(time);
    ZoneOffset offset;
    if (transition == null) {
      offset = zone.getOffset(time);
    } else {
      offset = transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter();
    }
    return TimeFunctions.checked(local - offset.getTotalSeconds() * 1000L);
  }

  /** Names such as EST mean different things to different versions of the data. */
  private static boolean isRegion(String name) {
    return name.equals("UTC")
        || name.equals("GMT")
        || (name.indexOf('/') > 0 && !name.startsWith("SystemV/"));
  }

  private static String advice(String name) {
    for (String known : new TreeSet<>(ZoneRulesProvider.getAvailableZoneIds())) {
      if (known.equalsIgnoreCase(name.strip()) && isRegion(known)) {
        return "did you mean '" + known + "'?";
      }
    }
    return "write UTC or a region of the time-zone database, such as 'America/New_York'";
  }
}
