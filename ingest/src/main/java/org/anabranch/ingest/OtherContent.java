// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Tells by its first bytes that a file is no text that can be read, and what it is instead. */
final class OtherContent {
  private static final String UNPACK = "; unpack it first";
  private static final int TAR_AT = 257;

  private static final Map<String, String> MAGIC =
      Map.of(
          "504b0304", "a zip archive" + UNPACK,
          "28b52ffd", "compressed with zstd" + UNPACK,
          "fd377a585a00", "compressed with xz" + UNPACK,
          "4f626a01", "Avro; write it as NDJSON or Parquet first",
          "50415231", "Parquet inside of gzip; unpack it first",
          "1f8b08", "gzip inside of gzip; unpack it once first",
          "fffe", "UTF-16; write it as UTF-8 first: iconv -f UTF-16 -t UTF-8",
          "feff", "UTF-16; write it as UTF-8 first: iconv -f UTF-16 -t UTF-8");

  private OtherContent() {}

  static Optional<String> of(byte[] first) {
    for (Map.Entry<String, String> entry : MAGIC.entrySet()) {
      if (startsWith(first, 0, HexFormat.of().parseHex(entry.getKey()))) {
        return Optional.of(entry.getValue());
      }
    }
    byte[] tar = {'u', 's', 't', 'a', 'r'};
    return startsWith(first, TAR_AT, tar)
        ? Optional.of("a tar archive" + UNPACK)
        : Optional.empty();
  }

  private static boolean startsWith(byte[] first, int at, byte[] magic) {
    return first.length >= at + magic.length
        && Arrays.equals(first, at, at + magic.length, magic, 0, magic.length);
  }
}
