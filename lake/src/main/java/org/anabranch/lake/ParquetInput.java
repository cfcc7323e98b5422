// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;

/** A Parquet file that is read column by column, page checksums verified. */
final class ParquetInput implements AutoCloseable {
  private static final GroupConverter NO_RECORDS =
      new GroupConverter() {
        private final PrimitiveConverter value = new PrimitiveConverter() {};

        @Override
        public Converter getConverter(int fieldIndex) {
          return value;
        }

        @Override
        public void start() {}

        @Override
        public void end() {}
      };

  private final Path path;
  private final ParquetFileReader reader;

  ParquetInput(Path path) throws IOException {
    this.path = path;
    try {
      this.reader =
          ParquetFileReader.open(
              new LocalInputFile(path),
              new ParquetReadOptions.Builder(new PlainParquetConfiguration())
                  .usePageChecksumVerification()
                  .build());
    } catch (RuntimeException e) {
      throw new LakeException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  ParquetMetadata footer() {
    return reader.getFooter();
  }

  MessageType schema() {
    return footer().getFileMetaData().getSchema();
  }

  List<BlockMetaData> rowGroups() {
    return footer().getBlocks();
  }

  /** Readers of some columns of a row group; null for a column that is not wanted. */
  List<ColumnReader> readRowGroup(int number, List<ColumnDescriptor> columns) throws IOException {
    reader.setRequestedSchema(columns.stream().filter(c -> c != null).distinct().toList());
    try {
      PageReadStore pages = reader.readRowGroup(number);
      String createdBy = footer().getFileMetaData().getCreatedBy();
      ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages, NO_RECORDS, schema(), createdBy);
      List<ColumnReader> readers = new ArrayList<>();
      for (ColumnDescriptor column : columns) {
        readers.add(column == null ? null : store.getColumnReader(column));
      }
      return readers;
    } catch (RuntimeException e) {
      throw new LakeException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
