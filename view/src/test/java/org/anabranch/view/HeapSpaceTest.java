// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

final class HeapSpaceTest extends SegmentSpaceContract {
  @Override
  protected SegmentSpace space() {
    return SegmentSpace.HEAP;
  }
}
