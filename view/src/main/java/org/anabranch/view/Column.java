// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One declared column of a stream.
 *
 * @param name the name as written; names match without regard to case
 * @param type the type
 * @param nullable false for NOT NULL
 * @param defaultValue the DEFAULT, as a Java object of the type's representation: it stands in for
 *     a missing field, never for an explicit null
 * @param options the column's own WITH: {@code field} (path in the event), {@code
 *     timestamp_format}, {@code null}
 */
public record Column(
    String name,
    Type type,
    boolean nullable,
    Optional<Object> defaultValue,
    Map<String, String> options) {
  public Column {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(type, "type is null");
    Objects.requireNonNull(defaultValue, "defaultValue is null");
    options = Map.copyOf(options);
  }

  public static Column nullable(String name, Type type) {
    return new Column(name, type, true, Optional.empty(), Map.of());
  }

  public static Column required(String name, Type type) {
    return new Column(name, type, false, Optional.empty(), Map.of());
  }
}
