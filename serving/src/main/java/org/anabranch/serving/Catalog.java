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

  /**
   * The view of a name.
   *
   * @throws ServingException if there is none; it names what was probably meant
   */
  default ViewRelation view(String name) {
    Optional<Relation> found = find(name);
    if (found.isPresent() && found.get() instanceof ViewRelation view) {
      return view;
    }
    List<String> views =
        relations().stream()
            .filter(relation -> relation instanceof ViewRelation)
            .map(Relation::name)
            .toList();
    String facts =
        found.isPresent()
            ? ": it is rows in files, which SQL reads" + Names.suggestion("", views)
            : Names.suggestion(name, views);
    throw new ServingException(
        ServingException.Reason.UNKNOWN_RELATION, "Cannot find a view '" + name + "'" + facts);
  }
}
