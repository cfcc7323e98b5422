// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.anabranch.format.FramingException;
import org.anabranch.lake.LakeException;

/** Says what went wrong with a file, in words for its owner. */
final class FileFaults {
  private FileFaults() {}

  /** Something that is done with a file. */
  interface Use<T> {
    T now() throws IOException;
  }

  /**
   * Uses a file.
   *
   * @throws FileException whatever goes wrong, so that it is never taken for a fault of a server
   */
  static <T> T named(String file, Use<T> use) throws FileException {
    try {
      return use.now();
    } catch (FileException e) {
      throw e;
    } catch (FramingException | LakeException e) {
      // These name the file themselves.
      throw new FileException(e.getMessage(), 0, e);
    } catch (UncheckedIOException e) {
      throw of(file, e.getCause());
    } catch (IOException e) {
      throw of(file, e);
    } catch (RuntimeException e) {
      throw new FileException(
          "Cannot read "
              + file
              + ": it is damaged, or written in a way that is not supported ("
              + e
              + ")",
          0,
          e);
    }
  }

  private static FileException of(String file, IOException e) {
    return new FileException("Cannot read " + file + ": " + reason(e), 0, e);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "its permissions, or those of its folder, do not let you read it";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
