// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.anabranch.view.Segment.Groups;
import org.anabranch.view.accumulator.StateWriter;

/**
 * Several walks in order of key as one. Where only one has a key its state is passed on as bytes;
 * states of equal keys are merged.
 */
final class MergedGroups implements Groups {
  private final GroupMerge group;
  private final PriorityQueue<Groups> ahead;
  private final List<Groups> current = new ArrayList<>();
  private final List<ByteBuffer> states = new ArrayList<>();
  private final StateWriter merged = new StateWriter();
  private List<Groups> fresh;
  private ByteBuffer state;

  MergedGroups(GroupMerge group, List<Groups> sources) {
    this.group = group;
    this.fresh = sources;
    this.ahead =
        new PriorityQueue<>(Math.max(1, sources.size()), (a, b) -> Keys.compare(a.key(), b.key()));
  }

  @Override
  public boolean next() {
    for (Groups source : fresh) {
      if (source.next()) {
        ahead.add(source);
      }
    }
    current.clear();
    fresh = current;
    if (ahead.isEmpty()) {
      return false;
    }
    Groups first = ahead.poll();
    current.add(first);
    while (!ahead.isEmpty() && Keys.compare(ahead.peek().key(), first.key()) == 0) {
      current.add(ahead.poll());
    }
    state = current.size() == 1 ? first.state() : mergedState();
    return true;
  }

  private ByteBuffer mergedState() {
    states.clear();
    for (Groups source : current) {
      states.add(source.state());
    }
    merged.clear();
    return group.merge(key(), states, merged);
  }

  @Override
  public ByteBuffer key() {
    return current.get(0).key();
  }

  @Override
  public ByteBuffer state() {
    return state;
  }
}
