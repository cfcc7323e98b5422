// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of the table of routes.
 *
 * @param method the method
 * @param path segments separated by '/'; {@code {}} stands for any one segment
 * @param needsPipeline whether it can only be answered once the pipeline has started
 * @param work whose threads it takes
 * @param parameters the parameters of the query that it takes; empty where it reads them itself
 * @param action what answers
 */
record Route(
    String method,
    String path,
    boolean needsPipeline,
    Workers.Work work,
    Optional<Set<String>> parameters,
    Action action) {
  /** What answers a request. */
  @FunctionalInterface
  interface Action {
    void handle(Exchange exchange) throws Exception;
  }

  static Route of(String method, String path, Workers.Work work, Action action) {
    return new Route(method, path, true, work, Optional.of(Set.of()), action);
  }

  /** It answers before the pipeline has started too. */
  Route always() {
    return new Route(method, path, false, work, parameters, action);
  }

  Route taking(String... names) {
    return new Route(method, path, needsPipeline, work, Optional.of(Set.of(names)), action);
  }

  Route takingAnything() {
    return new Route(method, path, needsPipeline, work, Optional.empty(), action);
  }

  /** Whether a request has something to say in its body. */
  boolean hasBody() {
    return !method.equals("GET");
  }

  /** What stands in the variable places of a path, if it is this route's. */
  Optional<List<String>> match(List<String> segments) {
    List<String> pattern = List.of(path.substring(1).split("/", -1));
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    List<String> matched = new ArrayList<>();
    for (int i = 0; i < pattern.size(); i++) {
      if (pattern.get(i).equals("{}")) {
        matched.add(segments.get(i));
      } else if (!pattern.get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(matched);
  }

  /** A GET route answers HEAD too. */
  boolean takes(String asked) {
    return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
  }
}
