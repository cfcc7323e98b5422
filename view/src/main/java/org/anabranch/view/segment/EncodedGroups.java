// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.nio.ByteBuffer;
import org.anabranch.view.Segment;

/** A walk over the groups of an encoded segment from one place to another. */
final class EncodedGroups implements Segment.Groups {
  private final EncodedSegment segment;
  private final EncodedSegment.Place end;
  private int number;
  private int entry;
  private Block block;
  private ByteBuffer key;
  private ByteBuffer state;

  EncodedGroups(EncodedSegment segment, EncodedSegment.Place start, EncodedSegment.Place end) {
    this.segment = segment;
    this.end = end;
    this.number = start.block();
    this.entry = start.entry() - 1;
  }

  @Override
  public boolean next() {
    entry++;
    if (block != null && entry == block.count()) {
      number++;
      entry = 0;
      block = null;
    }
    if (number > end.block() || (number == end.block() && entry >= end.entry())) {
      entry--;
      return false;
    }
    if (block == null) {
      open();
    } else {
      block.advance();
    }
    block.showKey(key);
    block.showState(state);
    return true;
  }

  private void open() {
    block = segment.block(number);
    block.moveTo(entry);
    key = block.bytes().duplicate();
    state = block.bytes().duplicate();
  }

  @Override
  public ByteBuffer key() {
    return key;
  }

  @Override
  public ByteBuffer state() {
    return state;
  }
}
