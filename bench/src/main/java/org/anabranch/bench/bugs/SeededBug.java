// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench.bugs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bug that somebody could make: one place of one source file, changed. Its file has a line that
 * says what is wrong, {@code file:}, {@code module:} and {@code tests:} (which must fail), then the
 * text as it is behind {@code ---} and as it becomes behind {@code +++}.
 *
 * @param name the file's name without its ending
 * @param title what is wrong, in a sentence
 * @param file the source file, from the project's root
 * @param module the module whose tests find it
 * @param tests the test classes of which at least one fails
 * @param from a text that stands in the file exactly once
 * @param to what takes its place
 */
record SeededBug(
    String name,
    String title,
    String file,
    String module,
    List<String> tests,
    String from,
    String to) {
  private static final String ENDING = ".bug";

  /** All bugs of a folder, by name. */
  static List<SeededBug> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted =
          files.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().toList();
      List<SeededBug> bugs = new java.util.ArrayList<>();
      for (Path file : sorted) {
        String name = file.getFileName().toString();
        bugs.add(parse(name.substring(0, name.length() - ENDING.length()), Files.readString(file)));
      }
      return bugs;
    }
  }

  /**
   * Reads a bug.
   *
   * @throws IllegalArgumentException if a part is missing
   */
  static SeededBug parse(String name, String text) {
    int from = text.indexOf("\n---\n");
    int to = text.indexOf("\n+++\n");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("Cannot read bug " + name + ": it needs --- and then +++");
    }
    String head = text.substring(0, from + 1);
    return new SeededBug(
        name,
        head.lines().findFirst().orElseThrow(),
        value(name, head, "file"),
        value(name, head, "module"),
        List.of(value(name, head, "tests").split(",\\s*")),
        text.substring(from + 5, to + 1),
        text.substring(to + 5));
  }

  private static String value(String name, String head, String key) {
    return head.lines()
        .filter(line -> line.startsWith(key + ":"))
        .map(line -> line.substring(key.length() + 1).strip())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("Cannot read bug " + name + ": no " + key + ":"));
  }

  /**
   * The source with the bug in it.
   *
   * @throws IllegalArgumentException if the place is not there exactly once: the code has moved on
   */
  String seededIn(String source) {
    int first = source.indexOf(from);
    if (first < 0 || source.indexOf(from, first + 1) >= 0) {
      throw new IllegalArgumentException(
          "Cannot seed bug %s: its text stands %s in %s"
              .formatted(name, first < 0 ? "nowhere" : "more than once", file));
    }
    return source.substring(0, first) + to + source.substring(first + from.length());
  }
}
