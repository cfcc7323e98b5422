// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.anabranch.lake.LakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a file is said of the file, in words for its owner. */
final class FileFaultsTest {
  @TempDir Path directory;

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The message, without the folder's own name. */
  private String fault(Path file, FileOptions options) {
    FileException failed =
        assertThrows(
            FileException.class,
            () -> {
              try (FileSource source = FileSource.open(file, options)) {
                while (source.next() != null) {
                  // Until the place at fault.
                }
              }
            },
            file.toString());
    return failed.getMessage().replace(directory + "/", "");
  }

  @Test
  void aFileThatCannotBeReadSaysWhatItIsInstead() throws IOException {
    byte[] tar = new byte[512];
    System.arraycopy(bytes("ustar"), 0, tar, 257, 5);
    byte[] rows = bytes("id\n1\n");
    Map<String, byte[]> files = new TreeMap<>();
    files.put("a.csv|it is UTF-16; write it as UTF-8 first", bytes("\u00ff\u00fei\0d\0"));
    files.put("b.ndjson|it is UTF-16; write it as UTF-8 first", bytes("\u00fe\u00ff\0i\0d"));
    files.put("c.csv|it is a zip archive; unpack it first", bytes("PK\u0003\u0004..."));
    files.put("d.csv.gz|it is a tar archive; unpack it first", gzip(tar));
    files.put("e.csv.gz|it is gzip inside of gzip", gzip(gzip(rows)));
    files.put("f.gz|it is Parquet inside of gzip", gzip(bytes("PAR1")));
    files.put("g.json|by its name or its bytes, it is empty", new byte[0]);
    files.put("g2.json|by its name or its first bytes", bytes(" \n"));
    files.put("h.csv|it has no header line", bytes("\n\r\n"));
    files.put("h2.csv|carriage returns end its lines", bytes("id,name\r1,x\r"));
    files.put("i.parquet|it is not a Parquet file", bytes("id\n1\n"));
    files.put("j.dat|Cannot tell what j.dat is", bytes("id\n1\n"));
    files.put(
        "k.csv.gz|Cannot inflate k.csv.gz: it is cut short",
        java.util.Arrays.copyOf(gzip(rows), 20));
    files.put("l.csv.gz|and zeros stand behind it", joined(gzip(rows), new byte[512]));
    files.put("m.csv.gz|and something else stands behind it", joined(gzip(rows), rows));
    files.put("n.json|the brackets of the event there do not match", bytes("[{\"id\":[1}]"));
    for (Map.Entry<String, byte[]> one : files.entrySet()) {
      String[] parts = one.getKey().split("\\|", 2);
      String message = fault(file(parts[0], one.getValue()), FileOptions.DEFAULT);
      assertTrue(message.contains(parts[0]), message);
      assertTrue(message.contains(parts[1]), message);
    }
  }

  @Test
  void aFolderAndAFileThatIsNotThereAreNamed() {
    assertEquals(
        "Cannot read .: it is a folder; name its files",
        fault(directory, FileOptions.DEFAULT).replace(directory.toString(), "."));
    assertEquals(
        "Cannot read none.csv: there is no such file",
        fault(directory.resolve("none.csv"), FileOptions.DEFAULT));
  }

  @Test
  void aFileWithoutAnythingIsNoEvents() throws IOException {
    for (String name : new String[] {"a.ndjson", "a.log", "b.csv"}) {
      Path empty = file(name, name.equals("b.csv") ? bytes("id,note\n") : new byte[0]);
      try (FileSource source = FileSource.open(empty, FileOptions.DEFAULT)) {
        assertEquals(null, source.next(), name);
      }
    }
  }

  @Test
  void aFileThatGoesAwayOrChangesMeanwhileIsNotCalledComplete() throws IOException {
    for (boolean removed : new boolean[] {true, false}) {
      Path file = file("a.csv", bytes("id\n1\n2\n"));
      try (FileSource source = FileSource.open(file, FileOptions.DEFAULT.pieceBytes(1))) {
        assertEquals(1, source.next().rows());
        if (removed) {
          Files.delete(file);
        } else {
          Files.write(file, bytes("id\n1\n2\n3\n"));
        }
        String message = assertThrows(FileException.class, source::next).getMessage();
        assertTrue(
            message.contains("it was " + (removed ? "removed" : "changed") + " while it was read"),
            message);
      }
    }
  }

  /** What the system and the libraries throw, some of which no test can bring about. */
  @Test
  void whateverIsThrownNamesTheFileAndNoServer() {
    Map<Exception, String> faults =
        Map.of(
            new AccessDeniedException("/x/f"),
            "Cannot read f: its permissions, or those of its folder, do not let you read it",
            new FileSystemException("/x/f", null, "Input/output error"),
            "Cannot read f: Input/output error",
            new EOFException(),
            "Cannot read f: EOFException",
            new UncheckedIOException(new IOException("Stale file handle")),
            "Cannot read f: Stale file handle",
            new LakeException("Cannot read f: its footer cannot be read"),
            "Cannot read f: its footer cannot be read",
            new IllegalStateException("odd"),
            "Cannot read f: it is damaged, or written in a way that is not supported"
                + " (java.lang.IllegalStateException: odd)");
    faults.forEach(
        (fault, message) -> {
          FileException named =
              assertThrows(
                  FileException.class,
                  () ->
                      FileFaults.named(
                          "f",
                          () -> {
                            if (fault instanceof IOException io) {
                              throw io;
                            }
                            throw (RuntimeException) fault;
                          }));
          assertEquals(message, named.getMessage());
        });
  }
}
