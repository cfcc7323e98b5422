// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Objects;
import org.anabranch.view.Schema;

/**
 * A relation as a query process knows it: what it is and where its rows are only the server knows.
 *
 * @param name the name
 * @param schema the columns
 */
record RemoteRelation(String name, Schema schema) implements Relation {
  RemoteRelation {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(schema, "schema is null");
  }
}
