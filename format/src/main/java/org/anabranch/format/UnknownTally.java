// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the names of unknown fields: of a row first, which may still be taken back. */
final class UnknownTally {
  private UnknownName[] open = new UnknownName[16];
  private int opened;
  private long openUnnamed;
  private final List<UnknownName> met = new ArrayList<>();
  private long unnamed;

  /** A field of the open row; without a name if it has one of very many. */
  void add(UnknownName name) {
    if (name == null) {
      openUnnamed++;
      return;
    }
    if (opened == open.length) {
      open = Arrays.copyOf(open, opened * 2);
    }
    open[opened++] = name;
  }

  void commit() {
    for (int i = 0; i < opened; i++) {
      if (open[i].count++ == 0) {
        met.add(open[i]);
      }
    }
    unnamed += openUnnamed;
    rollback();
  }

  void rollback() {
    opened = 0;
    openUnnamed = 0;
  }

  /** What was committed since this was last asked. */
  UnknownFields take() {
    if (met.isEmpty() && unnamed == 0) {
      return UnknownFields.NONE;
    }
    Map<String, Long> names = new LinkedHashMap<>();
    long count = unnamed;
    for (UnknownName name : met) {
      count += name.count;
      if (names.containsKey(name.name) || names.size() < UnknownFields.NAMES) {
        names.merge(name.name, name.count, Long::sum);
      } else {
        unnamed += name.count;
      }
      name.count = 0;
    }
    UnknownFields taken = new UnknownFields(count, names, unnamed);
    met.clear();
    unnamed = 0;
    return taken;
  }
}
