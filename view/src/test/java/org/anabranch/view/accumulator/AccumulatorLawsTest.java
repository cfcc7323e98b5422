// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.accumulator;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** The laws catch accumulators that break them. */
class AccumulatorLawsTest {
  /** A lawful sum, of which each test breaks one thing. */
  private static class Sum implements Accumulator<long[]> {
    @Override
    public long[] zero() {
      return new long[1];
    }

    @Override
    public long[] add(long[] state, Object[] arguments, RowId row) {
      state[0] += arguments[0] == null ? 0 : (Long) arguments[0];
      return state;
    }

    @Override
    public long[] merge(long[] left, long[] right) {
      left[0] += right[0];
      return left;
    }

    @Override
    public Object present(long[] state) {
      return state[0];
    }

    @Override
    public void encode(long[] state, StateWriter out) {
      out.writeLong(state[0]);
    }

    @Override
    public long[] decode(StateReader in) {
      return new long[] {in.readLong()};
    }
  }

  @Test
  void aLawfulAccumulatorPasses() {
    hold(new Sum());
  }

  @Test
  void anIdentityThatChangesSomethingIsCaught() {
    assertCaught(
        new Sum() {
          @Override
          public long[] zero() {
            return new long[] {1};
          }
        });
  }

  @Test
  void anOrderThatMattersIsCaught() {
    assertCaught(
        new Sum() {
          @Override
          public long[] add(long[] state, Object[] arguments, RowId row) {
            state[0] = arguments[0] == null ? state[0] : state[0] * 31 + (Long) arguments[0];
            return state;
          }
        });
  }

  @Test
  void aMergeThatForgetsIsCaught() {
    assertCaught(
        new Sum() {
          @Override
          public long[] merge(long[] left, long[] right) {
            return left[0] == 0 ? super.merge(left, right) : left;
          }
        });
  }

  @Test
  void aMergeThatSharesItsRightSideIsCaught() {
    assertCaught(
        new Sum() {
          @Override
          public long[] merge(long[] left, long[] right) {
            return left[0] == 0 ? right : super.merge(left, right);
          }
        });
  }

  @Test
  void oneZeroForAllIsCaught() {
    long[] shared = new long[1];
    assertCaught(
        new Sum() {
          @Override
          public long[] zero() {
            return shared;
          }
        });
  }

  @Test
  void bytesThatLoseSomethingAreCaught() {
    assertCaught(
        new Sum() {
          @Override
          public long[] decode(StateReader in) {
            return new long[] {(int) in.readLong()};
          }
        });
  }

  @Test
  void bytesThatAreNotReadToTheirEndAreCaught() {
    assertCaught(
        new Sum() {
          @Override
          public void encode(long[] state, StateWriter out) {
            super.encode(state, out);
            out.writeByte(0);
          }
        });
  }

  @Test
  void aNullThatCountsIsCaught() {
    assertCaught(
        new Sum() {
          @Override
          public long[] add(long[] state, Object[] arguments, RowId row) {
            state[0] += arguments[0] == null ? 1 : (Long) arguments[0];
            return state;
          }
        });
  }

  @Test
  void presentingThatChangesTheStateIsCaught() {
    assertCaught(
        new Sum() {
          @Override
          public Object present(long[] state) {
            return state[0]++;
          }
        });
  }

  private static void hold(Accumulator<long[]> accumulator) {
    AccumulatorLaws.hold(accumulator, List.of(Type.BIGINT), "sum", 1, 100);
  }

  private static void assertCaught(Accumulator<long[]> accumulator) {
    assertThrows(AssertionError.class, () -> hold(accumulator));
  }
}
