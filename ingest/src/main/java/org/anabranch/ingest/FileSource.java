// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import org.anabranch.format.Gzip;

/**
 * Cuts a file into the bodies of requests, between events, always at the same places and with the
 * same keys: so a killed import goes on where it was when it is started again, and one that is
 * repeated changes nothing.
 *
 * <p>A piece's key names format, content and offset, and the style of CSV where it is not the one
 * that the file shows. The content is the SHA-256 of the whole file, read once beforehand; of a
 * stream that cannot be read twice it is the SHA-256 of all that was read up to the end of the
 * piece, inflated.
 *
 * <p>Whatever goes wrong with the file is a {@link FileException}.
 */
public final class FileSource implements AutoCloseable {
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;
  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

  private final String name;
  private final FileFormat format;
  private final FilePieces pieces;
  private final FileOptions options;
  private final Optional<DigestedFile> file;
  private volatile long rows;

  private FileSource(
      String name,
      FileFormat format,
      FilePieces pieces,
      FileOptions options,
      Optional<DigestedFile> file) {
    this.name = name;
    this.format = format;
    this.pieces = pieces;
    this.options = options;
    this.file = file;
  }

  /**
   * Opens a file, gzip'd or not.
   *
   * @throws FileException if it cannot be read, or its format is not known
   */
  public static FileSource open(Path file, FileOptions options) throws FileException {
    return FileFaults.named(file.toString(), () -> opened(file, options));
  }

  private static FileSource opened(Path file, FileOptions options) throws IOException {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new FileException("Cannot read " + name + ": it is a folder; name its files", 0);
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe, say: what comes out of it comes once.
      return read(new FileInputStream(file.toFile()), name, options);
    }
    return opened(DigestedFile.of(file), options);
  }

  private static FileSource opened(DigestedFile file, FileOptions options) throws IOException {
    String name = file.path().toString();
    if (isParquet(file.path(), options)) {
      FilePieces pieces = new ParquetPieces(file.path(), file.digest(), options.pieceBytes());
      return new FileSource(name, FileFormat.PARQUET, pieces, options, Optional.of(file));
    }
    InputStream in = Files.newInputStream(file.path());
    try {
      return text(in, name, options, Optional.of(file));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Whether it is a file that lies still, and not a stream that comes once. */
  public boolean comesAgain() {
    return file.isPresent();
  }

  /**
   * The same file from its beginning. What was digested of it when it was first opened holds: if it
   * is another one by now, it cannot be read.
   *
   * @throws FileException if it cannot be opened
   * @throws IllegalStateException if it does not come again
   */
  public FileSource again() throws FileException {
    DigestedFile same =
        file.orElseThrow(() -> new IllegalStateException("Cannot read " + name + " again"));
    return FileFaults.named(name, () -> opened(same, options));
  }

  /** Reads a stream, such as the standard input, gzip'd or not. It is closed with this. */
  public static FileSource read(InputStream in, String name, FileOptions options)
      throws FileException {
    if (options.format().equals(Optional.of(FileFormat.PARQUET))) {
      throw new FileException(
          "Cannot read Parquet from " + name + ": it needs a file, since its index is at its end",
          0);
    }
    return FileFaults.named(name, () -> text(in, name, options, Optional.empty()));
  }

  private static boolean isParquet(Path file, FileOptions options) throws IOException {
    if (options.format().isPresent()) {
      return options.format().get() == FileFormat.PARQUET;
    }
    boolean named = FileFormat.ofName(file.toString()).equals(Optional.of(FileFormat.PARQUET));
    try (InputStream in = Files.newInputStream(file)) {
      return named || Arrays.equals(in.readNBytes(PARQUET.length), PARQUET);
    }
  }

  private static FileSource text(
      InputStream in, String name, FileOptions options, Optional<DigestedFile> file)
      throws IOException {
    CountedStream raw = new CountedStream(in);
    FileContent content =
        new FileContent(name, inflated(raw, name), file.isPresent() ? null : BodyIdentity.sha256());
    byte[] beginning = content.beginning();
    Optional<String> other = OtherContent.of(beginning);
    if (other.isPresent()) {
      throw new FileException("Cannot read " + name + ": it is " + other.get(), 0);
    }
    FileFormat format = format(name, beginning, options);
    content.skipByteOrderMark();
    FileStyle style = FileStyle.of(beginning, options);
    boolean csv = format == FileFormat.CSV;
    EventCutter cutter =
        switch (format) {
          case CSV -> new CsvCutter(style.style());
          case JSON -> new JsonCutter();
          case NDJSON, LINES -> new LineCutter();
          case PARQUET -> throw new FileException("Cannot read " + name + " as Parquet", 0);
        };
    String reading = format.name().toLowerCase(Locale.ROOT) + (csv ? style.inKey() : "");
    LongFunction<String> keys =
        offset ->
            key(reading, file.map(DigestedFile::digest).orElseGet(content::digestSoFar), offset);
    String contentType = csv ? style.style().contentType() : format.contentType();
    FilePieces pieces =
        new TextPieces(raw, content, cutter, contentType, options.pieceBytes(), keys);
    return new FileSource(name, format, pieces, options, file);
  }

  private static InputStream inflated(InputStream raw, String name) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 64 << 10);
    in.mark(2);
    boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
    in.reset();
    return gzip ? Gzip.openFile(in, name) : in;
  }

  private static FileFormat format(String name, byte[] beginning, FileOptions options)
      throws FileException {
    return options
        .format()
        .or(() -> FileFormat.ofName(name).filter(named -> named != FileFormat.PARQUET))
        .or(() -> FileFormat.ofContent(beginning, beginning.length))
        .orElseThrow(
            () ->
                new FileException(
                    "Cannot tell what "
                        + name
                        + " is by its name or "
                        + (beginning.length == 0 ? "its bytes, it is empty" : "its first bytes")
                        + ": say csv, json, ndjson, lines or parquet",
                    0));
  }

  /** The key of a piece of a file that is read in some way. */
  static String key(String reading, String digest, long offset) {
    return reading + ":" + digest + ":" + offset;
  }

  public FileFormat format() {
    return format;
  }

  /**
   * The next piece, or null after the last.
   *
   * @throws FileException if the file cannot be read any further; the pieces before are good
   */
  public FilePiece next() throws FileException {
    FilePiece piece =
        FileFaults.named(
            name,
            () -> {
              FilePiece read = pieces.next();
              if (file.isPresent()) {
                file.get().requireUnchanged();
              }
              return read;
            });
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
    return new Progress(pieces.bytesRead(), file.map(DigestedFile::size).orElse(-1L), rows);
  }

  @Override
  public void close() throws FileException {
    FileFaults.named(
        name,
        () -> {
          pieces.close();
          return name;
        });
  }

  @Override
  public String toString() {
    return name;
  }
}
