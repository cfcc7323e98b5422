// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.Objects;

/** One column to sort by. NULL comes last ascending and first descending. */
public record Order(String column, boolean descending) {
  public Order {
    Objects.requireNonNull(column, "column is null");
  }
}
