// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.anabranch.view.DamagedException;
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

  private static final String RESTORE = "restore it from a backup and start again";

  private final transient TablePaths paths;
  private final transient Damages damages;
  private final transient MetadataSums sums;

  LocalFileIO(TablePaths paths, Damages damages, MetadataSums sums) {
    this.paths = paths;
    this.damages = damages;
    this.sums = sums;
  }

  TablePaths paths() {
    return paths;
  }

  private Path path(String location) {
    return paths.path(location);
  }

  static String name(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  @Override
  public InputFile newInputFile(String location) {
    return new Input(location, this);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new Output(location, this);
  }

  /**
   * All bytes of a file.
   *
   * @throws DamagedException if they are not what was written, as far as that is known
   */
  byte[] bytes(String location) {
    Path file = path(location);
    try {
      byte[] bytes = Files.readAllBytes(file);
      Optional<String> fault = sums.fault(name(location), bytes);
      if (fault.isPresent()) {
        throw damages.found(file, fault.get(), RESTORE, null);
      }
      if (location.endsWith(".gz" + METADATA_SUFFIX)) {
        checkGzip(file, bytes);
      }
      damages.over(file);
      return bytes;
    } catch (NoSuchFileException e) {
      throw gone(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("Cannot read " + damages.place(file) + ": " + e.getMessage(), e));
    }
  }

  private DamagedException gone(Path file, IOException cause) {
    return damages.found(file, "the file is gone", RESTORE, cause);
  }

  /** Reads to the very end, where the checksum is: a JSON parser stops before it. */
  private void checkGzip(Path file, byte[] bytes) {
    try (InputStream whole = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      whole.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw damages.found(file, "its bytes do not add up to its checksum", RESTORE, e);
    }
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.deleteIfExists(path(location));
      sums.forget(name(location));
      damages.over(path(location));
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

  private record Input(String location, LocalFileIO io) implements InputFile {
    @Override
    public long getLength() {
      try {
        return Files.size(io.path(location));
      } catch (NoSuchFileException e) {
        throw io.gone(io.path(location), e);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + location, e);
      }
    }

    /** Iceberg reads table metadata again and again for a minute, unless it is not found. */
    @Override
    public SeekableInputStream newStream() {
      try {
        return new Bytes(io.bytes(location));
      } catch (DamagedException e) {
        if (location.endsWith(METADATA_SUFFIX)) {
          throw new NotFoundException(e, "%s", e.getMessage());
        }
        throw e;
      }
    }

    @Override
    public boolean exists() {
      return Files.exists(io.path(location));
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

  private record Output(String location, LocalFileIO io) implements OutputFile {
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
        return new Stream(io.path(location), overwrite);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Cannot write " + io.damages.place(io.path(location)) + ": " + reason(e), e);
      }
    }

    private static String reason(IOException problem) {
      return problem instanceof FileSystemException file && file.getReason() != null
          ? file.getReason()
          : String.valueOf(problem.getMessage());
    }

    @Override
    public InputFile toInputFile() {
      return new Input(location, io);
    }
  }

  private static final class Stream extends PositionOutputStream {
    private final Path file;
    private final DurableFiles.Output output;

    Stream(Path file, boolean overwrite) throws IOException {
      this.file = file;
      try {
        this.output = new DurableFiles.Output(file, overwrite);
      } catch (IOException e) {
        throw new UnwrittenException(e);
      }
    }

    @Override
    public long getPos() {
      return output.position();
    }

    @Override
    public void write(int b) throws IOException {
      try {
        output.write(b);
      } catch (IOException e) {
        throw new UnwrittenException(e);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        output.write(bytes, offset, length);
      } catch (IOException e) {
        throw new UnwrittenException(e);
      }
    }

    /** Table metadata is the last file of a commit: its directory is forced with it. */
    @Override
    public void close() throws IOException {
      try {
        output.close();
        if (file.toString().endsWith(METADATA_SUFFIX)) {
          DurableFiles.forceDirectory(file.getParent());
        }
      } catch (IOException e) {
        throw new UnwrittenException(e);
      }
    }
  }
}
