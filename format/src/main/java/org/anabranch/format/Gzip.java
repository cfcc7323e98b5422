// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Inflates gzip'd bodies, up to a limit. */
public final class Gzip {
  private Gzip() {}

  /**
   * The inflated bytes of a body.
   *
   * @param limit how many bytes it may have at most
   * @throws LimitException if it has more, or if it is a bomb
   * @throws FramingException if it is not gzip, or is cut short or damaged
   */
  public static byte[] inflate(byte[] body, long limit) throws LimitException, FramingException {
    try (InputStream in = open(new ByteArrayInputStream(body), limit)) {
      return in.readAllBytes();
    } catch (LimitException | FramingException e) {
      throw e;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("Cannot read an array of bytes", e);
    }
  }

  /**
   * A stream of the inflated bytes, which throws as {@link #inflate} does. The ratio of inflated to
   * compressed bytes is bounded too, unless the limit is {@code Long.MAX_VALUE}.
   */
  public static InputStream open(InputStream compressed, long limit) {
    return new GzipStream(compressed, limit, "the body");
  }

  /** A stream of the inflated bytes of a file, without limit; messages name the file. */
  public static InputStream openFile(InputStream compressed, String name) {
    return new GzipStream(compressed, Long.MAX_VALUE, name);
  }
}
