// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.LocalInputFile;

/** What lies in a lake's directory, read without the code that wrote it. */
final class LakeFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;

  LakeFiles(Path directory) {
    this.directory = directory;
  }

  /** Names in a folder, sorted. */
  List<String> names(String... folders) throws IOException {
    try (Stream<Path> files = Files.list(path(folders))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  Path path(String... folders) {
    Path path = directory;
    for (String folder : folders) {
      path = path.resolve(folder);
    }
    return path;
  }

  /** The newest metadata file of a table. */
  JsonNode metadata(String table) throws IOException {
    String newest =
        names("tables", "anabranch", table, "metadata").stream()
            .filter(name -> name.endsWith(".metadata.json"))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    Path file = path("tables", "anabranch", table, "metadata", newest);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return JSON.readTree(in);
    }
  }

  /** The lake's own properties of a table. */
  Map<String, String> properties(String table) throws IOException {
    return own(metadata(table).get("properties"));
  }

  /** The lake's own keys in the summary of the newest snapshot of a table. */
  Map<String, String> summary(String table) throws IOException {
    JsonNode metadata = metadata(table);
    for (JsonNode snapshot : metadata.get("snapshots")) {
      if (snapshot.get("snapshot-id").equals(metadata.get("current-snapshot-id"))) {
        return own(snapshot.get("summary"));
      }
    }
    throw new AssertionError("no current snapshot of " + table);
  }

  private static Map<String, String> own(JsonNode texts) {
    Map<String, String> own = new TreeMap<>();
    texts
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith("anabranch.")) {
                own.put(name, texts.get(name).asText());
              }
            });
    return own;
  }

  /** The columns of a table: name, then id, type and whether it is required. */
  Map<String, String> columns(String table) throws IOException {
    JsonNode metadata = metadata(table);
    Map<String, String> columns = new TreeMap<>();
    for (JsonNode schema : metadata.get("schemas")) {
      if (schema.get("schema-id").equals(metadata.get("current-schema-id"))) {
        for (JsonNode field : schema.get("fields")) {
          columns.put(
              field.get("name").asText(),
              field.get("id").asText()
                  + " "
                  + field.get("type").asText()
                  + (field.get("required").asBoolean() ? " required" : ""));
        }
      }
    }
    return columns;
  }

  /** The footer of the only data file of a table. */
  FileMetaData footer(String table) throws IOException {
    Path file =
        path(
            "tables",
            "anabranch",
            table,
            "data",
            names("tables", "anabranch", table, "data").get(0));
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new LocalInputFile(file),
            new ParquetReadOptions.Builder(new PlainParquetConfiguration()).build())) {
      return reader.getFileMetaData();
    }
  }
}
