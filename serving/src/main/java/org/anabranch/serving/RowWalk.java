// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Segment;
import org.anabranch.view.Tiling;
import org.anabranch.view.View;
import org.anabranch.view.segment.GroupTooLargeException;
import org.anabranch.view.segment.KeyRange;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.SegmentMerge;
import org.anabranch.view.segment.ShownGroup;

/** The rows of some key ranges of a tiling that pass the conditions, in order of key. */
final class RowWalk {
  /** Few enough to be in time, many enough not to be seen. */
  private static final int GROUPS_BETWEEN_CHECKS = 256;

  private final View view;
  private final Presenter presenter;
  private final SegmentMerge merge;
  private final Tiling tiling;
  private final Conditions conditions;
  private final List<KeyRange> ranges;
  private final byte[] after;
  private final Deadline deadline;
  private long walked;
  private int range;
  private Segment.Groups groups;
  private boolean started;
  private byte[] key;
  private String tooLarge;

  /**
   * @param after only keys behind this one; null for all
   * @param deadline when the last row has to be had
   */
  RowWalk(
      View view,
      Presenter presenter,
      Tiling tiling,
      Conditions conditions,
      List<KeyRange> ranges,
      byte[] after,
      Deadline deadline) {
    this.view = view;
    this.presenter = presenter;
    this.merge = new SegmentMerge(view.fold());
    this.tiling = tiling;
    this.conditions = conditions;
    this.ranges = ranges;
    this.after = after;
    this.deadline = deadline;
    this.started = after != null;
  }

  /** The next row, or null after the last. */
  ShownGroup next() {
    tooLarge = null;
    while (nextGroup()) {
      started = true;
      Optional<ShownGroup> row = present();
      if (row.isPresent() && conditions.hold(row.get())) {
        key = copy(groups.key());
        return row.get();
      }
      tooLarge = null;
    }
    return nothing();
  }

  private Optional<ShownGroup> present() {
    return tooLarge == null
        ? presenter.present(groups.key(), groups.state())
        : presenter.presentWithoutState(groups.key(), tooLarge);
  }

  /** The key of the last row. */
  byte[] key() {
    return key;
  }

  /** The one row of a view of the whole stream, over nothing. */
  private ShownGroup nothing() {
    if (started || !view.isWholeStream()) {
      return null;
    }
    started = true;
    key = new byte[0];
    return presenter.presentNothing().filter(conditions::hold).orElse(null);
  }

  private boolean nextGroup() {
    if (walked++ % GROUPS_BETWEEN_CHECKS == 0) {
      deadline.check();
    }
    while (groups == null || !advance()) {
      if (range == ranges.size()) {
        return false;
      }
      groups = merge.scan(tiling, behind(ranges.get(range++)));
    }
    return true;
  }

  /** A group whose states are too large to be merged is one whose aggregates are not known. */
  private boolean advance() {
    try {
      return groups.next();
    } catch (GroupTooLargeException e) {
      tooLarge = e.facts();
      return true;
    }
  }

  /** No key is a proper prefix of another: the least longer text is before all greater keys. */
  private KeyRange behind(KeyRange whole) {
    if (after == null) {
      return whole;
    }
    byte[] next = Arrays.copyOf(after, after.length + 1);
    boolean later = whole.from() == null || Arrays.compareUnsigned(next, whole.from()) > 0;
    boolean passed = later && whole.to() != null && Arrays.compareUnsigned(next, whole.to()) >= 0;
    return new KeyRange(later ? (passed ? whole.to() : next) : whole.from(), whole.to());
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
