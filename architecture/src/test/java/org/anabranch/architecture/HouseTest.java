// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The edges between folders, and the fences around heavy dependencies, read off import lines. */
final class HouseTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();

  private static final Set<String> BELOW_ARCHITECTURE =
      Set.of(
          "view", "format", "engine", "lake", "quality", "log", "sql", "ingest", "batch", "speed",
          "serving");

  /** Which folders a folder may import from. */
  private static final Map<String, Set<String>> EDGES =
      Map.ofEntries(
          Map.entry("view", Set.of()),
          Map.entry("format", Set.of("view")),
          Map.entry("engine", Set.of("view")),
          Map.entry("lake", Set.of("view")),
          Map.entry("quality", Set.of("view")),
          Map.entry("log", Set.of("view", "format")),
          Map.entry("sql", Set.of("view", "quality")),
          Map.entry("ingest", Set.of("view", "format", "log", "lake", "quality")),
          Map.entry("batch", Set.of("view", "lake", "quality")),
          Map.entry("speed", Set.of("view", "log")),
          Map.entry("serving", Set.of("view")),
          Map.entry("architecture", BELOW_ARCHITECTURE),
          Map.entry("endpoints", Set.of("view", "architecture", "serving", "ingest", "batch")),
          Map.entry(
              "cli",
              Set.of("view", "endpoints", "architecture", "sql", "ingest", "serving", "batch")),
          Map.entry("bench", Set.of("*")),
          Map.entry("examples", Set.of("*")));

  /** Which folders may import from a library. */
  private static final Map<String, Set<String>> FENCES =
      Map.of(
          "org.apache.kafka", Set.of("log", "bench"),
          "org.apache.iceberg", Set.of("lake"),
          "org.apache.parquet", Set.of("lake"),
          "org.apache.hadoop", Set.of("lake"),
          "org.apache.calcite", Set.of("sql"),
          "org.apache.beam", Set.of("beam"),
          "org.duckdb", Set.of("serving", "bench"),
          "org.eclipse.jetty", Set.of("endpoints"),
          "org.slf4j",
              Set.of(
                  "log",
                  "lake",
                  "ingest",
                  "batch",
                  "speed",
                  "serving",
                  "architecture",
                  "endpoints",
                  "cli",
                  "bench"));

  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([a-zA-Z0-9_.]+)", Pattern.MULTILINE);

  @Test
  void everyImportBetweenFoldersIsAnEdgeOfTheDesign() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Set<String>> module : EDGES.entrySet()) {
      for (Map.Entry<String, Set<String>> file : imports(module.getKey()).entrySet()) {
        for (String imported : file.getValue()) {
          if (imported.startsWith("org.anabranch.")) {
            String target = imported.split("\\.", -1)[2];
            boolean allowed =
                target.equals(module.getKey())
                    || module.getValue().contains(target)
                    || module.getValue().contains("*");
            if (!allowed) {
              wrong.add(file.getKey() + " imports " + imported);
            }
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void heavyLibrariesStayBehindTheirFences() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (String module : EDGES.keySet()) {
      for (Map.Entry<String, Set<String>> file : imports(module).entrySet()) {
        for (String imported : file.getValue()) {
          FENCES.forEach(
              (library, allowed) -> {
                if (imported.startsWith(library + ".") && !allowed.contains(module)) {
                  wrong.add(file.getKey() + " imports " + imported);
                }
              });
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void theViewImportsNothingButTheJdkAndItself() throws IOException {
    List<String> wrong = new ArrayList<>();
    imports("view")
        .forEach(
            (file, imported) ->
                imported.stream()
                    .filter(
                        name -> !name.startsWith("java.") && !name.startsWith("org.anabranch.view"))
                    .forEach(name -> wrong.add(file + " imports " + name)));
    assertEquals(List.of(), wrong);
  }

  /** Formats in which a comment can say it; of scripts, the line after the interpreter's. */
  private static final Set<String> COMMENTED =
      Set.of("java", "md", "sql", "xml", "sh", "yaml", "yml", "properties", "anabranch", "run");

  @Test
  void everyFileStartsWithItsLicence() throws IOException {
    Set<String> without = new TreeSet<>();
    int looked = 0;
    try (Stream<Path> files = Files.walk(HOUSE)) {
      for (Path file : files.filter(HouseTest::isCommented).toList()) {
        looked++;
        boolean says =
            Files.readAllLines(file).stream()
                .limit(3)
                .anyMatch(line -> line.contains("SPDX-License-Identifier: Apache-2.0"));
        if (!says) {
          without.add(HOUSE.relativize(file).toString());
        }
      }
    }
    assertEquals(Set.of(), without);
    assertTrue(looked > 500, "the walk finds too few files: " + looked);
  }

  private static boolean isCommented(Path file) {
    String path = HOUSE.relativize(file).toString();
    String name = file.getFileName().toString();
    boolean ours =
        path.startsWith("docs/")
            || path.startsWith(".ci/")
            || Files.exists(HOUSE.resolve(path.split("/", 2)[0]).resolve("pom.xml"))
            || Set.of("anabranch", "pom.xml", "README.md", "ARCHITECTURE.md").contains(path);
    boolean built = path.contains("/target/") || !Files.isRegularFile(file);
    return ours && !built && COMMENTED.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  @Test
  void theHouseIsThere() throws IOException {
    assertTrue(imports("view").size() > 40, "the walk over sources finds too few files");
  }

  private static boolean isSource(Path file) {
    String name = file.toString();
    return name.endsWith(".java") && !name.contains("/target/") && !name.contains("/.git/");
  }

  private static Map<String, Set<String>> imports(String module) throws IOException {
    Map<String, Set<String>> imports = new TreeMap<>();
    Path sources = HOUSE.resolve(module).resolve("src/main/java");
    if (!Files.isDirectory(sources)) {
      return imports;
    }
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(HouseTest::isSource).toList()) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = IMPORT.matcher(Files.readString(file));
        while (matcher.find()) {
          names.add(matcher.group(1));
        }
        imports.put(HOUSE.relativize(file).toString(), names);
      }
    }
    return imports;
  }
}
