// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Objects;
import java.util.function.Supplier;
import org.anabranch.view.Schema;

/**
 * Rows that lie in Parquet files, such as a stream's master dataset or its quarantine.
 *
 * @param name the name
 * @param schema the columns, with those the lake adds
 * @param pin takes hold of the files as they are now
 * @param changed given whenever there are other files, for those who wait for them
 */
public record FileRelation(String name, Schema schema, Supplier<FilePin> pin, Signal changed)
    implements Relation {
  public FileRelation {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(schema, "schema is null");
    Objects.requireNonNull(pin, "pin is null");
    Objects.requireNonNull(changed, "changed is null");
  }
}
