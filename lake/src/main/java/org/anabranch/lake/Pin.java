// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.avro.AvroSchemaUtil;

/**
 * A state of a table for a reader of Parquet files: the files stay as long as the pin is open. The
 * rows of the files are exactly the rows of the coverage. A column that a file does not have is
 * null in its rows; an integer or decimal column may be narrower in older files.
 */
public final class Pin implements AutoCloseable {
  private final LakeTable.Held held;
  private final Coverage coverage;
  private final List<Path> files;
  private final List<PinnedColumn> columns;

  private Pin(
      LakeTable.Held held, Coverage coverage, List<Path> files, List<PinnedColumn> columns) {
    this.held = held;
    this.coverage = coverage;
    this.files = List.copyOf(files);
    this.columns = List.copyOf(columns);
  }

  /**
   * A column and its name inside the files, which differs where Parquet does not take the name.
   *
   * @param column the declared column
   * @param nameInFile its name in the Parquet files
   */
  public record PinnedColumn(Column column, String nameInFile) {}

  /** Pins what a table is now; each file is what was written. */
  static Pin of(LakeTable table, DataFileCheck check) {
    LakeTable.Held held = table.hold();
    try {
      TableMetadata metadata = held.metadata();
      List<Path> files =
          table.files(metadata).stream().map(file -> table.path(file.location())).toList();
      for (Path file : files) {
        check.require(file);
      }
      return new Pin(held, PositionedTable.coverage(metadata), files, columns(metadata));
    } catch (IOException e) {
      held.close();
      throw new UncheckedIOException("Cannot read the files of table " + table.name(), e);
    } catch (RuntimeException e) {
      held.close();
      throw e;
    }
  }

  private static List<PinnedColumn> columns(TableMetadata metadata) {
    return LakeSchema.declared(metadata.schema()).columns().stream()
        .map(column -> new PinnedColumn(column, AvroSchemaUtil.makeCompatibleName(column.name())))
        .toList();
  }

  public Coverage coverage() {
    return coverage;
  }

  /** Absolute paths of the Parquet files, which were what was written when they were pinned. */
  public List<Path> files() {
    return files;
  }

  /** The declared columns. */
  public List<PinnedColumn> columns() {
    return columns;
  }

  @Override
  public void close() {
    held.close();
  }
}
