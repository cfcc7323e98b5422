// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import org.anabranch.format.FramingException;
import org.anabranch.format.Gzip;
import org.anabranch.lake.LakeException;

/**
 * Cuts a file into the bodies of requests, between events, always at the same places and with the
 * same keys: so a killed import goes on where it was when it is started again, and one that is
 * repeated changes nothing.
 *
 * <p>A piece's key names format, content and offset. The content is the SHA-256 of the whole file,
 * read once beforehand; of a stream that cannot be read twice it is the SHA-256 of all that was
 * read up to the end of the piece, inflated.
 */
public final class FileSource implements AutoCloseable {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

  private final String name;
  private final FileFormat format;
  private final FilePieces pieces;
  private final long bytesTotal;
  private final Unchanged unchanged;
  private volatile long rows;

  /** Makes sure that what was read last is what was digested first. */
  @FunctionalInterface
  private interface Unchanged {
    void check() throws IOException;
  }

  private FileSource(
      String name, FileFormat format, FilePieces pieces, long bytesTotal, Unchanged unchanged) {
    this.name = name;
    this.format = format;
    this.pieces = pieces;
    this.bytesTotal = bytesTotal;
    this.unchanged = unchanged;
  }

  /**
   * Opens a file, gzip'd or not.
   *
   * @throws FileException if it is not there or its format is not known
   */
  public static FileSource open(Path file, FileOptions options) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileException("Cannot read " + file + ": there is no such file", 0, null);
    }
    long size = Files.size(file);
    FileTime modified = Files.getLastModifiedTime(file);
    String digest = FileDigest.of(file);
    Unchanged unchanged =
        () -> {
          if (Files.size(file) != size || !Files.getLastModifiedTime(file).equals(modified)) {
            throw new FileException(
                "Cannot go on with "
                    + file
                    + ": it was changed while it was read; import it again when it is complete",
                0,
                null);
          }
        };
    if (isParquet(file, options)) {
      FilePieces pieces = parquet(file, digest, options);
      return new FileSource(file.toString(), FileFormat.PARQUET, pieces, size, unchanged);
    }
    InputStream in = Files.newInputStream(file);
    try {
      return text(in, file.toString(), options, Optional.of(digest), size, unchanged);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Reads a stream, such as the standard input, gzip'd or not. It is closed with this. */
  public static FileSource read(InputStream in, String name, FileOptions options)
      throws IOException {
    if (options.format().equals(Optional.of(FileFormat.PARQUET))) {
      throw new FileException(
          "Cannot read Parquet from " + name + ": it needs a file, since its index is at its end",
          0,
          null);
    }
    return text(in, name, options, Optional.empty(), -1, () -> {});
  }

  private static boolean isParquet(Path file, FileOptions options) throws IOException {
    if (options.format().isPresent()) {
      return options.format().get() == FileFormat.PARQUET;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return java.util.Arrays.equals(in.readNBytes(PARQUET.length), PARQUET);
    }
  }

  private static FilePieces parquet(Path file, String digest, FileOptions options)
      throws IOException {
    try {
      return new ParquetPieces(file, digest, options.pieceBytes());
    } catch (LakeException e) {
      throw new FileException(e.getMessage(), 0, e);
    } catch (RuntimeException e) {
      throw new FileException("Cannot read " + file + " as Parquet: " + e.getMessage(), 0, e);
    }
  }

  private static FileSource text(
      InputStream in,
      String name,
      FileOptions options,
      Optional<String> digest,
      long size,
      Unchanged unchanged)
      throws IOException {
    CountedStream raw = new CountedStream(in);
    FileContent content =
        new FileContent(name, inflated(raw), digest.isPresent() ? null : BodyIdentity.sha256());
    FileFormat format = format(content, options);
    content.skipByteOrderMark();
    EventCutter cutter =
        switch (format) {
          case CSV -> new CsvCutter(options.delimiter());
          case JSON -> new JsonCutter();
          case NDJSON, LINES -> new LineCutter();
          case PARQUET -> throw new FileException("Cannot read " + name + " as Parquet", 0, null);
        };
    LongFunction<String> keys =
        offset -> key(format, digest.orElseGet(content::digestSoFar), offset);
    FilePieces pieces = new TextPieces(raw, content, cutter, format, options.pieceBytes(), keys);
    return new FileSource(name, format, pieces, size, unchanged);
  }

  private static InputStream inflated(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 64 << 10);
    in.mark(2);
    boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
    in.reset();
    return gzip ? Gzip.open(in, Long.MAX_VALUE) : in;
  }

  private static FileFormat format(FileContent content, FileOptions options) throws IOException {
    byte[] first = beginning(content);
    return options
        .format()
        .or(() -> FileFormat.ofName(content.name()).filter(named -> named != FileFormat.PARQUET))
        .or(() -> FileFormat.ofContent(first, first.length))
        .orElseThrow(
            () ->
                new FileException(
                    "Cannot tell what "
                        + content.name()
                        + " is by its name or its first bytes: say csv, json, ndjson, lines or"
                        + " parquet",
                    0,
                    null));
  }

  private static byte[] beginning(FileContent content) throws IOException {
    try {
      return content.beginning();
    } catch (FramingException e) {
      throw new FileException("Cannot read " + content.name() + ": " + e.getMessage(), 0, e);
    }
  }

  static String key(FileFormat format, String digest, long offset) {
    return format.name().toLowerCase(Locale.ROOT) + ":" + digest + ":" + offset;
  }

  public FileFormat format() {
    return format;
  }

  /**
   * The next piece, or null after the last.
   *
   * @throws FileException if the file cannot be read any further; the pieces before are good
   */
  public FilePiece next() throws IOException {
    FilePiece piece;
    try {
      piece = pieces.next();
    } catch (LakeException e) {
      throw new FileException(e.getMessage(), 0, e);
    }
    unchanged.check();
    if (piece != null) {
      long more = rows + piece.rows();
      rows = more;
    }
    return piece;
  }

  /**
   * How far the file has been read.
   *
   * @param bytesRead bytes of the file as it stands
   * @param bytesTotal its size, -1 where that is not known
   * @param rows about how many events were in the pieces
   */
  public record Progress(long bytesRead, long bytesTotal, long rows) {}

  public Progress progress() {
    return new Progress(pieces.bytesRead(), bytesTotal, rows);
  }

  @Override
  public void close() throws IOException {
    pieces.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
