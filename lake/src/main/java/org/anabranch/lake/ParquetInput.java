// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

  private static final String MAGIC = "PAR1";
  private static final String ENCRYPTED = "PARE";
  private static final int MAGIC_BYTES = 4;

  private final Path path;
  private final ParquetFileReader reader;

  /**
   * @throws ParquetFileException if it is no Parquet file that can be read
   */
  ParquetInput(Path path) throws IOException {
    this.path = path;
    requireMagic(path);
    try {
      this.reader =
          ParquetFileReader.open(
              new LocalInputFile(path),
              new ParquetReadOptions.Builder(new PlainParquetConfiguration())
                  .usePageChecksumVerification()
                  .build());
    } catch (IOException | RuntimeException e) {
      // What the library throws here is as manifold as what a footer can hold.
      throw new ParquetFileException(
          path, "its footer cannot be read; it is damaged, or not all of it was written", e);
    }
  }

  private static void requireMagic(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long end = channel.size() - MAGIC_BYTES;
      String start = end < 2 * MAGIC_BYTES ? "" : text(channel, 0);
      String last = end < 2 * MAGIC_BYTES ? "" : text(channel, end);
      if (last.equals(ENCRYPTED)) {
        throw new ParquetFileException(path, "it is encrypted, which is not supported", null);
      }
      if (!start.equals(MAGIC)) {
        throw new ParquetFileException(
            path, "it is not a Parquet file: it does not begin with " + MAGIC, null);
      }
      if (!last.equals(MAGIC)) {
        throw new ParquetFileException(
            path,
            "it does not end with "
                + MAGIC
                + " as a Parquet file does; it is damaged, or not all of it was written",
            null);
      }
    }
  }

  private static String text(FileChannel channel, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAGIC_BYTES);
    channel.read(bytes, from);
    return new String(bytes.array(), StandardCharsets.ISO_8859_1);
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
  List<ColumnReader> readRowGroup(int number, List<ColumnDescriptor> columns) {
    try {
      reader.setRequestedSchema(columns.stream().filter(c -> c != null).distinct().toList());
      PageReadStore pages = reader.readRowGroup(number);
      String createdBy = footer().getFileMetaData().getCreatedBy();
      ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages, NO_RECORDS, schema(), createdBy);
      List<ColumnReader> readers = new ArrayList<>();
      for (ColumnDescriptor column : columns) {
        readers.add(column == null ? null : store.getColumnReader(column));
      }
      return readers;
    } catch (IOException | RuntimeException e) {
      throw new ParquetFileException(path, unreadable(number), e);
    }
  }

  private String unreadable(int number) {
    Set<String> codecs = new TreeSet<>();
    rowGroups().get(number).getColumns().forEach(column -> codecs.add(column.getCodec().name()));
    return "row group "
        + number
        + " of "
        + rowGroups().size()
        + ", compressed with "
        + String.join(", ", codecs)
        + ", cannot be read; it is damaged, or written in a way that is not supported";
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
