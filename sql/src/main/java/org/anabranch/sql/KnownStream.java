// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

import java.util.Set;
import org.anabranch.view.Schema;

/**
 * What views may know of a stream, even of one whose declaration has problems.
 *
 * @param name its name as written
 * @param schema the columns that could be read
 * @param unreadable names in lower case of the columns that could not
 */
record KnownStream(String name, Schema schema, Set<String> unreadable) {
  Columns columns(String qualifier) {
    return Columns.of(schema, qualifier, unreadable);
  }
}
