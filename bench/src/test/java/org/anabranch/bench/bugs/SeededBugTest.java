// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SeededBugTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();

  @Test
  void everyBugFitsTheSourcesAsTheyAreAndNamesTestsThatExist() throws IOException {
    List<SeededBug> bugs = SeededBug.in(HOUSE.resolve("bench").resolve("bugs"));
    assertTrue(bugs.size() >= 20, () -> "only " + bugs.size() + " bugs");
    List<String> faults = new ArrayList<>();
    for (SeededBug bug : bugs) {
      try {
        String source = Files.readString(HOUSE.resolve(bug.file()));
        assertNotEquals(source, bug.seededIn(source), bug.name());
      } catch (IOException | IllegalArgumentException e) {
        faults.add(bug.name() + ": " + e.getMessage());
      }
      for (String test : bug.tests()) {
        if (!exists(bug.module(), test)) {
          faults.add(bug.name() + ": no test " + test + " in " + bug.module());
        }
      }
    }
    assertEquals(List.of(), faults);
  }

  private static boolean exists(String module, String test) throws IOException {
    try (Stream<Path> files = Files.walk(HOUSE.resolve(module).resolve("src/test/java"))) {
      return files.anyMatch(file -> file.getFileName().toString().equals(test + ".java"));
    }
  }

  @Test
  void aBugThatDoesNotFitIsRefusedByName() {
    SeededBug bug =
        SeededBug.parse("b", "Wrong.\nfile: x\nmodule: m\ntests: T, U\n---\none\n+++\ntwo\n");
    assertEquals(List.of("T", "U"), bug.tests());
    assertEquals("a\ntwo\n", bug.seededIn("a\none\n"));
    for (String source : List.of("a\n", "one\none\n")) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> bug.seededIn(source));
      assertTrue(e.getMessage().contains("bug b"), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> SeededBug.parse("b", "file: x\n---\n"));
  }

  @Test
  void aBuildThatDoesNotCompileShowsNothing() {
    assertEquals(Outcome.UNUSABLE, Outcome.of(1, "[ERROR] COMPILATION ERROR :"));
    assertEquals(Outcome.FOUND, Outcome.of(1, "Tests run: 3, Failures: 1"));
    assertEquals(Outcome.SURVIVED, Outcome.of(0, "Tests run: 3, Failures: 0"));
    assertEquals(Outcome.FOUND, Outcome.of(1, "There was a timeout in the fork"));
    assertEquals(Outcome.UNUSABLE, Outcome.of(1, "Could not resolve dependencies"));
  }
}
