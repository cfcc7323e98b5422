// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.List;
import java.util.Optional;

/** The relations that can be asked for now. */
public interface Catalog {
  List<Relation> relations();

  /** The relation of a name, which matches without regard to case. */
  default Optional<Relation> find(String name) {
    return relations().stream()
        .filter(relation -> relation.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
