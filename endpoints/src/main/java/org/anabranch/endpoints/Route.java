// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of the table of routes.
 *
 * @param method the method
 * @param path segments separated by '/'; {@code {}} stands for any one segment
 * @param needsPipeline whether it can only be answered once the pipeline has started
 * @param action what answers
 */
record Route(String method, String path, boolean needsPipeline, Action action) {
  /** What answers a request. */
  @FunctionalInterface
  interface Action {
    void handle(Exchange exchange) throws Exception;
  }

  /** What stands in the variable places of a path, if it is this route's. */
  Optional<List<String>> match(List<String> segments) {
    List<String> pattern = List.of(path.substring(1).split("/", -1));
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < pattern.size(); i++) {
      if (pattern.get(i).equals("{}")) {
        parameters.add(segments.get(i));
      } else if (!pattern.get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** A GET route answers HEAD too. */
  boolean takes(String asked) {
    return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
  }
}
