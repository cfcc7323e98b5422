// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet data file in the making, filled column by column. It gets its name, which ends with the
 * checksum of its bytes, when it is finished; until then it is nobody's.
 */
final class ParquetOutput implements AutoCloseable {
  private static final int COLUMN_INDEX_BYTES = 64;
  private static final int STATISTICS_BYTES = 1 << 16;
  private static final int PAGE_BYTES = 1 << 20;
  private static final String ZSTD_LEVEL = "parquet.compression.codec.zstd.level";

  private final Path directory;
  private final Path unfinished;
  private final String identity = UUID.randomUUID().toString();
  private final MessageType type;
  private final long rowGroupBytes;
  private final ParquetProperties properties;
  private final CodecFactory codecs;
  private final BytesInputCompressor compressor;
  private final Stream stream;
  private final ParquetFileWriter file;

  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
  private ColumnWriter[] writers;
  private long groupRows;
  private boolean finished;

  ParquetOutput(Path directory, Schema schema, long rowGroupBytes, boolean dictionaries)
      throws IOException {
    this.directory = directory;
    this.unfinished = directory.resolve(identity + ".writing");
    this.type = ParquetSchemaUtil.convert(schema, "rows");
    this.rowGroupBytes = rowGroupBytes;
    this.properties =
        ParquetProperties.builder()
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_2_0)
            .withDictionaryEncoding(dictionaries)
            .withDictionaryEncoding(LakeSchema.POSITION, false)
            .withPageSize(PAGE_BYTES)
            .withPageWriteChecksumEnabled(true)
            .withSizeStatisticsEnabled(false)
            .build();
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.set(ZSTD_LEVEL, "1");
    this.codecs = new CodecFactory(configuration, PAGE_BYTES);
    this.compressor = codecs.getCompressor(CompressionCodecName.ZSTD);
    this.stream = new Stream(unfinished);
    this.file =
        new ParquetFileWriter(
            new Output(stream),
            type,
            ParquetFileWriter.Mode.CREATE,
            rowGroupBytes,
            0,
            COLUMN_INDEX_BYTES,
            STATISTICS_BYTES,
            true);
    file.start();
    startRowGroup();
  }

  MessageType type() {
    return type;
  }

  /** The writer of a column of the row group at hand. */
  ColumnWriter column(int index) {
    return writers[index];
  }

  /** Says that so many values were written into every column. */
  void endRows(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      columns.endRecord();
    }
    groupRows += count;
    if (columns.getBufferedSize() >= rowGroupBytes) {
      endRowGroup();
      startRowGroup();
    }
  }

  private void startRowGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor, type, new HeapByteBufferAllocator(), COLUMN_INDEX_BYTES, true);
    columns = properties.newColumnWriteStore(type, pages, pages);
    writers = type.getColumns().stream().map(this::writer).toArray(ColumnWriter[]::new);
    groupRows = 0;
  }

  private ColumnWriter writer(ColumnDescriptor column) {
    return columns.getColumnWriter(column);
  }

  private void endRowGroup() throws IOException {
    if (groupRows > 0) {
      file.startBlock(groupRows);
      columns.flush();
      pages.flushToFileWriter(file);
      file.endBlock();
    }
    columns.close();
    pages.close();
  }

  /** Completes the file: from now on it is on disk under its name. */
  DataFile finish(Map<String, String> footer, MetricsConfig metrics) throws IOException {
    endRowGroup();
    file.end(footer);
    stream.close();
    Path complete = directory.resolve(identity + "-" + stream.output.checksum() + ".parquet");
    DurableFiles.moveInto(unfinished, complete);
    finished = true;
    ParquetMetadata written = file.getFooter();
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(complete.toString())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(stream.getPos())
        .withMetrics(ParquetUtil.footerMetrics(written, java.util.stream.Stream.empty(), metrics))
        .withSplitOffsets(ParquetUtil.getSplitOffsets(written))
        .build();
  }

  @Override
  public void close() throws IOException {
    codecs.release();
    if (!finished) {
      stream.close();
      Files.deleteIfExists(unfinished);
    }
  }

  private static final class Stream extends PositionOutputStream {
    private final DurableFiles.Output output;

    Stream(Path path) throws IOException {
      output = new DurableFiles.Output(path, false);
    }

    @Override
    public long getPos() {
      return output.position();
    }

    @Override
    public void write(int b) throws IOException {
      output.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      output.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      output.close();
    }
  }

  private record Output(Stream stream) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return stream;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return stream;
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
