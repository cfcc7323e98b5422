// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Objects;
import java.util.Optional;
import org.anabranch.view.Schema;
import org.anabranch.view.TilingSource;
import org.anabranch.view.View;

/**
 * A view that answers from tilings.
 *
 * @param view the view
 * @param source the tilings of its stream; views of one stream share one source, so that a
 *     statement sees them at one frontier
 * @param unavailable why the view cannot answer now, in words; empty if it can
 */
public record ViewRelation(View view, TilingSource source, Optional<String> unavailable)
    implements Relation {
  public ViewRelation {
    Objects.requireNonNull(view, "view is null");
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(unavailable, "unavailable is null");
  }

  @Override
  public String name() {
    return view.name();
  }

  @Override
  public Schema schema() {
    return view.schema();
  }
}
