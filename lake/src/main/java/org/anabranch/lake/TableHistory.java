// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/**
 * The metadata files of one table, as they lie in its directory: each commit wrote one, numbered
 * from 0.
 *
 * @param newest those with the highest number, of which commits that did not win may have left some
 * @param number the highest number, -1 where there is none
 */
record TableHistory(List<Path> newest, long number) {
  private static final String SUFFIX = ".metadata.json";

  static TableHistory of(Path table) throws IOException {
    List<Path> newest = new ArrayList<>();
    long number = -1;
    Path metadata = table.resolve("metadata");
    if (Files.isDirectory(metadata)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(metadata, "*" + SUFFIX)) {
        for (Path file : files) {
          long found = number(file.toString());
          if (found > number) {
            newest.clear();
            number = found;
          }
          if (found == number) {
            newest.add(file);
          }
        }
      }
    }
    return new TableHistory(List.copyOf(newest), number);
  }

  /** The number of the commit that wrote a metadata file, -1 if its name has none. */
  static long number(String location) {
    String name = LocalFileIO.name(location);
    int dash = name.indexOf('-');
    try {
      return dash < 0 ? -1 : Long.parseLong(name.substring(0, dash));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whether anything was ever committed after the table was made. */
  boolean hasCommits() {
    return number > 0;
  }

  /** The last commit: of several that tried, the one that was written last. */
  Path last(LocalFileIO io) {
    return newest.stream()
        .max(Comparator.comparingLong(file -> read(file, io).lastUpdatedMillis()))
        .orElseThrow();
  }

  private static TableMetadata read(Path file, LocalFileIO io) {
    io.bytes(file.toString());
    return TableMetadataParser.read(io.newInputFile(file.toString()));
  }
}
