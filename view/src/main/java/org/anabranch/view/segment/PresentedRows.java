// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

import java.util.Optional;
import org.anabranch.view.Segment;

/** A walk over the rows of an answer. It belongs to one thread. */
public final class PresentedRows {
  private final Presenter presenter;
  private final Segment.Groups groups;
  private boolean started;

  PresentedRows(Presenter presenter, Segment.Groups groups) {
    this.presenter = presenter;
    this.groups = groups;
  }

  /** The next row, or null after the last. */
  public ShownGroup next() {
    while (groups.next()) {
      started = true;
      Optional<ShownGroup> row = presenter.present(groups.key(), groups.state());
      if (row.isPresent()) {
        return row.get();
      }
    }
    boolean nothing = !started;
    started = true;
    return nothing ? presenter.presentNothing().orElse(null) : null;
  }
}
