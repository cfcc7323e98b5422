// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.anabranch.view.expression.Expression;

/**
 * A declared stream: what an event must look like to be accepted.
 *
 * @param name the name as written
 * @param schema the declared columns
 * @param checks every CHECK of the stream and its columns, over the schema's columns
 * @param options the WITH clause, validated: {@code format}, {@code event_time}, {@code
 *     partitions}, {@code key}, {@code topic}, {@code unknown}, {@code null}, {@code pattern},
 *     {@code delimiter}, {@code timestamp_format}, {@code excess_precision}
 * @param sql the CREATE STREAM statement as written, from which this definition can be read again
 */
public record StreamDefinition(
    String name, Schema schema, List<Check> checks, Map<String, String> options, String sql) {
  public StreamDefinition {
    Objects.requireNonNull(name, "name is null");
    Objects.requireNonNull(schema, "schema is null");
    Objects.requireNonNull(sql, "sql is null");
    checks = List.copyOf(checks);
    options = Map.copyOf(options);
  }

  /**
   * A condition on every event. As in SQL an event fails it only where it is false; an expression
   * that cannot be computed fails it too.
   *
   * @param name the constraint's name or, without one, its text
   * @param condition a boolean expression over the stream's columns
   */
  public record Check(String name, Expression condition) {}

  /** json, csv or regex. */
  public String format() {
    return options.getOrDefault("format", "json");
  }

  /** The topic's name in the log. */
  public String topic() {
    return options.getOrDefault("topic", name);
  }

  public int partitions() {
    return Integer.parseInt(options.getOrDefault("partitions", "1"));
  }

  /** The column whose value chooses the partition; without one events go round robin. */
  public Optional<String> key() {
    return Optional.ofNullable(options.get("key"));
  }

  /** The column that says when an event happened. */
  public Optional<String> eventTime() {
    return Optional.ofNullable(options.get("event_time"));
  }

  /** The column that keeps unknown fields as a JSON object, where the stream asks for it. */
  public static final String REST = "_rest";

  /**
   * The columns of accepted rows: the declared ones, and {@link #REST} if unknown ones are kept.
   */
  public Schema rowSchema() {
    return keepsUnknown() ? schema.with(List.of(Column.nullable(REST, Type.VARCHAR))) : schema;
  }

  /** Whether unknown fields are kept beside the columns. */
  public boolean keepsUnknown() {
    return "keep".equals(options.get("unknown"));
  }
}
