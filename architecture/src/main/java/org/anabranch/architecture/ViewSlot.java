// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Optional;
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

  synchronized void pause(String reason) {
    paused = reason;
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
