// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.io.IOException;
import java.util.List;
import org.anabranch.engine.state.StateColumn;
import org.anabranch.engine.table.KeySort;
import org.anabranch.engine.table.TextArena;
import org.anabranch.view.accumulator.StateWriter;
import org.anabranch.view.segment.SegmentWriter;

/** Writes groups in order of their keys' bytes. */
final class Sealing {
  private final GroupKeys keys;
  private final StateColumn[] states;
  private final StateWriter out = new StateWriter();
  private byte[] key = new byte[64];

  Sealing(GroupKeys keys, List<StateColumn> states) {
    this.keys = keys;
    this.states = states.toArray(StateColumn[]::new);
  }

  void write(SegmentWriter writer) throws IOException {
    int count = keys.records().count();
    TextArena arena = new TextArena();
    long[] places = new long[count];
    int[] lengths = new int[count];
    for (int group = 0; group < count; group++) {
      out.clear();
      keys.encode(group, out);
      places[group] = arena.append(out.array(), 0, out.size());
      lengths[group] = out.size();
    }
    for (int group : KeySort.sort(arena, places, lengths, count)) {
      write(group, arena, places[group], lengths[group], writer);
    }
  }

  private void write(int group, TextArena arena, long place, int length, SegmentWriter writer)
      throws IOException {
    key = key.length < length ? new byte[length * 2] : key;
    System.arraycopy(arena.page(place), TextArena.offset(place), key, 0, length);
    out.clear();
    for (StateColumn column : states) {
      column.encode(group, out);
    }
    writer.add(key, length, out.array(), out.size());
  }
}
