// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of events, and columns of header lines, that no column of the stream took.
 *
 * @param count how many fields, of all events
 * @param names the first names, with how many each
 * @param unnamed how many fields have other names
 */
public record UnknownFields(long count, Map<String, Long> names, long unnamed) {
  /** Only so many are named. */
  static final int NAMES = 20;

  public static final UnknownFields NONE = new UnknownFields(0, Map.of(), 0);

  public UnknownFields {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
  }

  public UnknownFields plus(UnknownFields other) {
    if (other.count == 0) {
      return this;
    }
    Map<String, Long> all = new LinkedHashMap<>(names);
    long more = unnamed + other.unnamed;
    for (Map.Entry<String, Long> entry : other.names.entrySet()) {
      if (all.containsKey(entry.getKey()) || all.size() < NAMES) {
        all.merge(entry.getKey(), entry.getValue(), Long::sum);
      } else {
        more += entry.getValue();
      }
    }
    return new UnknownFields(count + other.count, all, more);
  }
}
