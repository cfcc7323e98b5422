// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.view.Segment;
import org.anabranch.view.View;
import org.anabranch.view.segment.CellProblem;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.ShownGroup;

/**
 * How two walks over groups with the same kind of key differ: two versions of a view at one
 * frontier, or a view and its recomputation.
 *
 * @param same groups that are equal on both sides
 * @param onlyLeft groups only the left side has
 * @param onlyRight groups only the right side has
 * @param different groups whose values differ
 * @param samples the first differing groups in order of key
 */
public record GroupDifference(
    long same, long onlyLeft, long onlyRight, long different, List<Sample> samples) {
  private static final int MAX_SAMPLES = 20;

  public GroupDifference {
    samples = List.copyOf(samples);
  }

  /** A group that differs: its key, and what each side says of it (empty for nothing). */
  public record Sample(String key, String left, String right) {}

  public boolean isEmpty() {
    return onlyLeft == 0 && onlyRight == 0 && different == 0;
  }

  /** How the sides are told apart. */
  private interface Equality {
    boolean equal(ByteBuffer key, ByteBuffer left, ByteBuffer right);
  }

  /** Compares states byte for byte. */
  static GroupDifference ofStates(View view, Segment.Groups left, Segment.Groups right) {
    Presenter presenter = new Presenter(view);
    return walk(presenter, presenter, left, right, (key, one, other) -> one.equals(other));
  }

  /** Compares what two versions of a view with equal key types present. */
  static GroupDifference ofAnswers(
      View before, Segment.Groups left, View after, Segment.Groups right) {
    Presenter old = new Presenter(before);
    Presenter fresh = new Presenter(after);
    List<int[]> shared = sharedOutputs(before, after);
    Equality equality =
        (key, one, other) ->
            equalOutputs(
                old.present(key.duplicate(), one.duplicate()),
                fresh.present(key.duplicate(), other.duplicate()),
                shared);
    return walk(old, fresh, left, right, equality);
  }

  private static List<int[]> sharedOutputs(View before, View after) {
    List<int[]> shared = new ArrayList<>();
    for (int i = 0; i < after.outputs().size(); i++) {
      var index = before.schema().indexOf(after.outputs().get(i).name());
      if (index.isPresent()) {
        shared.add(new int[] {index.getAsInt(), i});
      }
    }
    return shared;
  }

  private static boolean equalOutputs(
      Optional<ShownGroup> left, Optional<ShownGroup> right, List<int[]> shared) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() == right.isEmpty();
    }
    return shared.stream().allMatch(pair -> equalCells(left.get(), pair[0], right.get(), pair[1]));
  }

  /** Cells that cannot be shown are equal if the same is wrong with them. */
  private static boolean equalCells(ShownGroup left, int one, ShownGroup right, int other) {
    return Objects.equals(left.values()[one], right.values()[other])
        && left.problem(one)
            .map(CellProblem::what)
            .equals(right.problem(other).map(CellProblem::what));
  }

  private static GroupDifference walk(
      Presenter leftWords,
      Presenter rightWords,
      Segment.Groups left,
      Segment.Groups right,
      Equality equality) {
    Counter counter = new Counter();
    boolean more = left.next();
    boolean others = right.next();
    while (more || others) {
      int order = !more ? 1 : !others ? -1 : unsigned(left.key(), right.key());
      if (order < 0) {
        counter.onlyLeft(leftWords.keyInWords(left.key().duplicate()), words(leftWords, left));
      } else if (order > 0) {
        counter.onlyRight(rightWords.keyInWords(right.key().duplicate()), words(rightWords, right));
      } else if (equality.equal(left.key(), left.state(), right.state())) {
        counter.same++;
      } else {
        counter.different(
            rightWords.keyInWords(right.key().duplicate()),
            words(leftWords, left),
            words(rightWords, right));
      }
      more = order <= 0 ? left.next() : more;
      others = order >= 0 ? right.next() : others;
    }
    return counter.result();
  }

  private static int unsigned(ByteBuffer left, ByteBuffer right) {
    int mismatch = left.mismatch(right);
    if (mismatch < 0) {
      return 0;
    }
    if (mismatch >= left.remaining() || mismatch >= right.remaining()) {
      return Integer.compare(left.remaining(), right.remaining());
    }
    return Byte.compareUnsigned(
        left.get(left.position() + mismatch), right.get(right.position() + mismatch));
  }

  private static String words(Presenter presenter, Segment.Groups groups) {
    return presenter
        .present(groups.key().duplicate(), groups.state().duplicate())
        .map(presenter::rowInWords)
        .orElse("not shown (HAVING)");
  }

  /** Counts while walking. */
  private static final class Counter {
    private long same;
    private long onlyLeft;
    private long onlyRight;
    private long different;
    private final List<Sample> samples = new ArrayList<>();

    void onlyLeft(String key, String value) {
      onlyLeft++;
      sample(key, value, "");
    }

    void onlyRight(String key, String value) {
      onlyRight++;
      sample(key, "", value);
    }

    void different(String key, String left, String right) {
      different++;
      sample(key, left, right);
    }

    private void sample(String key, String left, String right) {
      if (samples.size() < MAX_SAMPLES) {
        samples.add(new Sample(key, left, right));
      }
    }

    GroupDifference result() {
      return new GroupDifference(same, onlyLeft, onlyRight, different, samples);
    }
  }
}
