// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Optional;
import org.anabranch.view.Fold;
import org.anabranch.view.View;

/**
 * A view's name, and which definition answers to it now. A new definition is built behind the old
 * one and takes its place at equal coverage.
 */
final class ViewSlot {
  private final String name;
  private View answering;
  private View building;
  private String paused;
  private String abandoned;
  private GroupDifference lastDifference;

  ViewSlot(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  static String property(String view) {
    return "view." + view.toLowerCase(java.util.Locale.ROOT);
  }

  synchronized Optional<View> answering() {
    return Optional.ofNullable(answering);
  }

  synchronized Optional<View> building() {
    return Optional.ofNullable(building);
  }

  /** The definition to show: what answers, else what is being built. */
  synchronized View shown() {
    return answering != null ? answering : building;
  }

  synchronized void answer(View view) {
    answering = view;
    if (building != null && building.sql().equals(view.sql())) {
      building = null;
    }
  }

  synchronized void build(View view) {
    building = view;
  }

  /**
   * Stops what uses a fold that has no room. A new definition leaves the one before answering;
   * where none does the view is paused.
   */
  synchronized void stop(Fold fold, String reason) {
    boolean answers = uses(answering, fold);
    if (!answers && !uses(building, fold)) {
      return;
    }
    if (answers || answering == null) {
      paused = "view " + name + " is paused: " + reason;
    } else {
      building = null;
      abandoned = "the new version of view " + name + " is not built: " + reason;
    }
  }

  private static boolean uses(View view, Fold fold) {
    return view != null && view.fold().identity().equals(fold.identity());
  }

  /** Why a new definition did not take its place, if it did not. */
  synchronized Optional<String> abandoned() {
    return Optional.ofNullable(abandoned);
  }

  synchronized Optional<String> paused() {
    return Optional.ofNullable(paused);
  }

  synchronized void difference(GroupDifference difference) {
    lastDifference = difference;
  }

  /** How the definition that answers differed from the one before when it took its place. */
  synchronized Optional<GroupDifference> difference() {
    return Optional.ofNullable(lastDifference);
  }

  /** Why the view does not answer now, if it does not. */
  synchronized Optional<String> unavailable() {
    if (paused != null) {
      return Optional.of(paused);
    }
    return answering == null
        ? Optional.of("view " + name + " is being built from history")
        : Optional.empty();
  }

  synchronized String state() {
    return paused != null ? "paused" : answering == null ? "building" : "answering";
  }
}
