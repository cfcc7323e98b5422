// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

/** How many rows, or how many with an argument that is not null. Merging two adds them. */
final class CountAccumulator implements Accumulator<Long> {
  @Override
  public Long zero() {
    return 0L;
  }

  @Override
  public Long add(Long state, Object[] arguments, RowId row) {
    return arguments.length == 0 || arguments[0] != null ? state + 1 : state;
  }

  @Override
  public Long merge(Long left, Long right) {
    return left + right;
  }

  @Override
  public Long present(Long state) {
    return state;
  }

  @Override
  public void encode(Long state, StateWriter out) {
    out.writeVarint(state);
  }

  @Override
  public Long decode(StateReader in) {
    return in.readVarint();
  }
}
