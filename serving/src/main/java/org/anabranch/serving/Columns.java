// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anabranch.view.Schema;
import org.anabranch.view.Type;

/**
 * What the names in a SELECT stand for, with their types: the columns of what stands in FROM, the
 * names of its own select list, and what is around it. A type that is not known for sure is null:
 * what depends on it is then checked when the query runs.
 */
final class Columns {
  static final Columns NONE = new Columns(List.of(), null);

  private final List<Source> sources;
  private final Columns around;
  private final Map<String, Type> aliases = new HashMap<>();

  /** A column of a table or a query; its type is null if it is not known. */
  record Output(String name, Type type) {}

  /**
   * What stands in FROM.
   *
   * @param merged whether a join made one column of two, so that places do not tell columns
   */
  record Source(String alias, List<Output> outputs, boolean merged) {
    static Source of(String alias, Schema schema) {
      List<Output> outputs = new ArrayList<>();
      schema.columns().forEach(column -> outputs.add(new Output(column.name(), column.type())));
      return new Source(alias, outputs, false);
    }

    Source merging() {
      return new Source(alias, outputs, true);
    }

    /** With the names that a query gives its columns. */
    Source called(String name, List<Object> names) {
      List<Output> renamed = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        Output output = outputs.get(i);
        renamed.add(
            i < names.size() ? new Output(String.valueOf(names.get(i)), output.type()) : output);
      }
      return new Source(name, renamed, merged);
    }
  }

  Columns(List<Source> sources, Columns around) {
    this.sources = List.copyOf(sources);
    this.around = around;
  }

  /** Takes note of a name in the select list. */
  void alias(String name, Type type) {
    String folded = Scope.folded(name);
    boolean same = !aliases.containsKey(folded) || equal(aliases.get(folded), type);
    aliases.put(folded, same ? type : null);
  }

  /** The type of a column, or null. */
  Type find(List<Object> names) {
    String name = String.valueOf(names.get(names.size() - 1));
    String relation = names.size() < 2 ? "" : String.valueOf(names.get(0));
    Set<Type> found = new HashSet<>();
    for (Source source : sources) {
      if (relation.isEmpty() || same(relation, source.alias())) {
        source.outputs().stream()
            .filter(output -> same(output.name(), name))
            .forEach(output -> found.add(output.type()));
      }
    }
    if (relation.isEmpty() && aliases.containsKey(Scope.folded(name))) {
      found.add(aliases.get(Scope.folded(name)));
    }
    if (found.isEmpty()) {
      return around == null ? null : around.find(names);
    }
    return found.size() == 1 ? found.iterator().next() : null;
  }

  /** The columns of a star, of one relation or of all. */
  List<Output> star(String relation) {
    List<Output> all = new ArrayList<>();
    boolean merged = sources.stream().anyMatch(Source::merged);
    for (Source source : sources) {
      if (relation.isEmpty() || same(relation, source.alias())) {
        source
            .outputs()
            .forEach(one -> all.add(new Output(one.name(), merged ? null : one.type())));
      }
    }
    return all;
  }

  private static boolean same(String left, String right) {
    return Scope.folded(left).equals(Scope.folded(right));
  }

  private static boolean equal(Type left, Type right) {
    return left != null && left.equals(right);
  }
}
