// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.anabranch.serving.Answer;
import org.anabranch.serving.AnswerFormat;
import org.anabranch.serving.ReadRequest;
import org.anabranch.serving.ViewRelation;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data directories that version 0.1 left, with the answers it gave: one stopped in order, one
 * killed. They open, give the same answers, agree with their recomputation, and go on.
 */
class EarlierVersionTest {
  /** Columns whose aggregates are told more exactly than in version 0.1. */
  private static final Map<String, Double> NEARER =
      Map.of(
          "price_variance", 1e-9,
          "price_deviation", 1e-9,
          "amount_variance", 1e-9,
          "amounts", 1e-9);

  /** Percentiles: their rank is another where it is not whole. */
  private static final Set<String> PERCENTILES = Set.of("p50", "p95", "p99", "p90");

  private static final Pattern CELL = Pattern.compile("\"([a-z0-9_]+)\":(\"[^\"]*\"|[^,}]+)");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"clean", "killed"})
  void aDataDirectoryOfVersionOneOpensAndGivesItsAnswers(String how) throws Exception {
    unpack("/version-0.1-" + how + ".zip");
    String sql = Files.readString(directory.resolve("pipeline.sql"));
    try (Running running = Running.start("lambda", sql, directory.resolve("data"))) {
      Running.await("all views", () -> allAnswer(running));
      checkAnswers(running);
      running.append("visits", List.of("{\"page\":\"new\",\"took\":1}", "{\"page\":\"new\"}"));
      assertTrue(rows(json(running, "pages")).containsKey("new"), "it goes on");
    }
    try (Running again = Running.start("kappa", sql, directory.resolve("data"))) {
      Running.await("all views", () -> allAnswer(again));
      assertTrue(rows(json(again, "pages")).containsKey("new"), "it stays");
      verify(again);
    }
  }

  private static boolean allAnswer(Running running) {
    return relations(running).stream().allMatch(view -> view.unavailable().isEmpty());
  }

  private static List<ViewRelation> relations(Running running) {
    return running.pipeline().serving().relations().stream()
        .filter(ViewRelation.class::isInstance)
        .map(ViewRelation.class::cast)
        .toList();
  }

  private void checkAnswers(Running running) throws Exception {
    verify(running);
    for (ViewRelation relation : relations(running)) {
      String name = relation.name();
      String before = Files.readString(directory.resolve("answers/" + name + ".json"));
      Map<String, Map<String, String>> expected = rows(before);
      Map<String, Map<String, String>> found = rows(json(running, name));
      assertEquals(expected.keySet(), found.keySet(), name);
      assertTrue(expected.size() > 3, name);
      expected.forEach((key, row) -> assertRow(name + " " + key, row, found.get(key)));
    }
  }

  private static void verify(Running running) throws Exception {
    List<String> names = relations(running).stream().map(ViewRelation::name).toList();
    for (VerifyReport report : running.pipeline().verify(names)) {
      assertTrue(report.identical(), report.toString());
      assertTrue(report.groups() > 0, report.toString());
    }
  }

  private static void assertRow(String what, Map<String, String> before, Map<String, String> now) {
    assertEquals(before.keySet(), now.keySet(), what);
    before.forEach(
        (column, value) -> {
          String other = now.get(column);
          if (PERCENTILES.contains(column)) {
            assertEquals(value.equals("null"), other.equals("null"), what + " " + column);
          } else if (NEARER.containsKey(column) && !value.equals("null")) {
            double old = Double.parseDouble(value);
            assertEquals(old, Double.parseDouble(other), NEARER.get(column) * old, what);
          } else {
            assertEquals(value, other, what + " " + column);
          }
        });
  }

  private static String json(Running running, String name) throws IOException {
    ViewRelation relation =
        relations(running).stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Answer answer =
        running.pipeline().serving().views().read(relation, ReadRequest.FIRST.limitedTo(100_000))) {
      AnswerFormat.JSON.write(answer, out);
      assertTrue(answer.nextPage().isEmpty());
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The rows of an answer by what is in front of their first count. */
  private static Map<String, Map<String, String>> rows(String json) {
    Map<String, Map<String, String>> rows = new HashMap<>();
    String[] lines = json.substring(json.indexOf("\"rows\":[") + 8).split("\n");
    for (String line : Arrays.stream(lines).filter(one -> one.startsWith("{\"")).toList()) {
      Map<String, String> row = new HashMap<>();
      StringBuilder key = new StringBuilder();
      for (Matcher cell = CELL.matcher(line); cell.find(); ) {
        row.put(cell.group(1), cell.group(2));
        if (Set.of("sensor", "kind", "page", "window_start").contains(cell.group(1))) {
          key.append(key.isEmpty() ? "" : " ").append(cell.group(2).replace("\"", ""));
        }
      }
      assertEquals(null, rows.put(key.toString(), row), "two rows of one key");
    }
    return rows;
  }

  private void unpack(String archive) throws IOException {
    Set<Path> made = new HashSet<>();
    try (InputStream in = getClass().getResourceAsStream(archive);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = directory.resolve(entry.getName()).normalize();
        assertTrue(path.startsWith(directory), entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(zip, path);
          made.add(path);
        }
      }
    }
    assertTrue(made.size() > 100, archive);
  }
}
