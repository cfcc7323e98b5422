// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.io.SupportsBulkOperations;

/** Iceberg's files in a lake's directory, each forced to disk when it is closed. */
final class LocalFileIO implements FileIO, SupportsBulkOperations {
  private static final long serialVersionUID = 1L;

  private static final String METADATA_SUFFIX = ".metadata.json";

  private final transient TablePaths paths;

  LocalFileIO(TablePaths paths) {
    this.paths = paths;
  }

  TablePaths paths() {
    return paths;
  }

  @Override
  public InputFile newInputFile(String location) {
    return new Input(location, paths.path(location));
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new Output(location, paths.path(location));
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.deleteIfExists(paths.path(location));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + location, e);
    }
  }

  /** Deletes in the caller's thread. */
  @Override
  public void deleteFiles(Iterable<String> locations) {
    locations.forEach(this::deleteFile);
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }

  @Override
  public void initialize(Map<String, String> properties) {}

  private record Input(String location, Path path) implements InputFile {
    @Override
    public long getLength() {
      try {
        return Files.size(path);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + location, e);
      }
    }

    @Override
    public SeekableInputStream newStream() {
      try {
        byte[] bytes = Files.readAllBytes(path);
        if (location.endsWith(".gz" + METADATA_SUFFIX)) {
          checkGzip(bytes);
        }
        return new Bytes(bytes);
      } catch (NoSuchFileException e) {
        throw new NotFoundException(e, "Cannot read %s: there is no such file", location);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + location + ": " + e.getMessage(), e);
      }
    }

    /**
     * Reads to the very end, where the checksum is: a JSON parser stops before it. Iceberg reads a
     * file again and again for a minute, unless it is not found.
     */
    private void checkGzip(byte[] bytes) {
      try (InputStream whole = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        whole.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new NotFoundException(
            e, "Cannot read %s: it is damaged (%s); restore it", location, e.getMessage());
      }
    }

    @Override
    public boolean exists() {
      return Files.exists(path);
    }
  }

  /** Metadata files are small; they are read whole. */
  private static final class Bytes extends SeekableInputStream {
    private final byte[] bytes;
    private int position;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void seek(long newPosition) {
      position = Math.toIntExact(newPosition);
    }

    @Override
    public int read() {
      return position < bytes.length ? bytes[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position >= bytes.length) {
        return length == 0 ? 0 : -1;
      }
      int count = Math.min(length, bytes.length - position);
      System.arraycopy(bytes, position, target, offset, count);
      position += count;
      return count;
    }
  }

  private record Output(String location, Path path) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      return open(false);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return open(true);
    }

    private PositionOutputStream open(boolean overwrite) {
      try {
        return new Stream(path, overwrite);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write " + location, e);
      }
    }

    @Override
    public InputFile toInputFile() {
      return new Input(location, path);
    }
  }

  private static final class Stream extends PositionOutputStream {
    private final Path file;
    private final DurableFiles.Output output;

    Stream(Path file, boolean overwrite) throws IOException {
      this.file = file;
      this.output = new DurableFiles.Output(file, overwrite);
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

    /** Table metadata is the last file of a commit: its directory is forced with it. */
    @Override
    public void close() throws IOException {
      output.close();
      if (file.toString().endsWith(METADATA_SUFFIX)) {
        DurableFiles.forceDirectory(file.getParent());
      }
    }
  }
}
