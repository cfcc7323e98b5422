// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Optional;
import org.anabranch.view.Receipt;
import org.anabranch.view.Standing;
import org.anabranch.view.Tiling;
import org.anabranch.view.TilingSource;

/** A view's tiling that stays as it is while anyone holds on to it. */
final class PinnedTiling implements AutoCloseable {
  private final String relation;
  private final TilingSource.Pinned pin;
  private final Tiling tiling;
  private int holders = 1;
  private Runnable afterwards = () -> {};

  private PinnedTiling(String relation, TilingSource.Pinned pin, Tiling tiling) {
    this.relation = relation;
    this.pin = pin;
    this.tiling = tiling;
  }

  static PinnedTiling of(ViewRelation relation) {
    TilingSource.Pinned pin = relation.source().pin();
    try {
      return new PinnedTiling(relation.name(), pin, tiling(relation, pin));
    } catch (RuntimeException | Error e) {
      pin.close();
      throw e;
    }
  }

  /** The tiling of a view at a pin. */
  static Tiling tiling(ViewRelation relation, TilingSource.Pinned pin) {
    try {
      return pin.tiling(relation.view().fold());
    } catch (IllegalArgumentException e) {
      throw new ServingException(
          ServingException.Reason.UNAVAILABLE,
          "Cannot answer from view " + relation.name() + " yet: " + e.getMessage(),
          e);
    }
  }

  Tiling tiling() {
    return tiling;
  }

  Footing footing() {
    return new Footing(relation, pin.standing(), Optional.of(tiling.tally()));
  }

  Receipt receipt() {
    Standing standing = pin.standing();
    return Receipt.of(standing.stream(), standing.frontier());
  }

  /** One more holder, who closes it too. */
  synchronized PinnedTiling hold() {
    if (holders == 0) {
      throw new IllegalStateException("Cannot hold a tiling of " + relation + ": it was let go");
    }
    holders++;
    return this;
  }

  /** Does something once nobody holds it any more. */
  void afterwards(Runnable action) {
    afterwards = action;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (holders == 0 || --holders > 0) {
        return;
      }
    }
    pin.close();
    afterwards.run();
  }
}
