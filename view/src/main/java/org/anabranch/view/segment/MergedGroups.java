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
  private final States states;
  private final PriorityQueue<Groups> ahead;
  private final List<Groups> current = new ArrayList<>();
  private final StateWriter merged = new StateWriter();
  private List<Groups> fresh;
  private ByteBuffer state;

  MergedGroups(States states, List<Groups> sources) {
    this.states = states;
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
    Object[] sum = states.decode(current.get(0).state());
    for (int i = 1; i < current.size(); i++) {
      states.merge(sum, states.decode(current.get(i).state()));
    }
    merged.clear();
    states.encode(sum, merged);
    return ByteBuffer.wrap(merged.array(), 0, merged.size());
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
