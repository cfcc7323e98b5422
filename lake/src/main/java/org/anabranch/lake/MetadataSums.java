// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/**
 * Lengths and checksums of manifest lists and manifests, as commits left them in the property
 * {@code anabranch.metadata}: a line {@code <name> <length> <crc>} for each file of the current
 * snapshot. The names are unique.
 */
final class MetadataSums {
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /** Takes over what a table's metadata says of the files that it refers to. */
  void learn(TableMetadata metadata) {
    known.putAll(parse(metadata.property(Properties.METADATA, "")));
  }

  private static Map<String, String> parse(String text) {
    Map<String, String> sums = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        sums.put(line.substring(0, blank), line.substring(blank + 1));
      }
    }
    return sums;
  }

  /** What is wrong with the bytes of a file, where a commit said what they are. */
  Optional<String> fault(String name, byte[] bytes) {
    String written = known.get(name);
    String found = sum(bytes);
    return written == null || written.equals(found)
        ? Optional.empty()
        : Optional.of("its length and CRC-32C are " + found + ", written were " + written);
  }

  void forget(String name) {
    known.remove(name);
  }

  /** The property's text for what is about to be committed. */
  static String of(TableMetadata base, TableMetadata next, LocalFileIO io) {
    Snapshot snapshot = next.currentSnapshot();
    if (snapshot == null) {
      return "";
    }
    Map<String, String> before = parse(base.property(Properties.METADATA, ""));
    List<String> lines = new ArrayList<>();
    lines.add(line(snapshot.manifestListLocation(), before, io));
    for (ManifestFile manifest : manifests(snapshot, io)) {
      lines.add(line(manifest.path(), before, io));
    }
    return String.join("\n", lines);
  }

  private static List<ManifestFile> manifests(Snapshot snapshot, FileIO io) {
    return snapshot.allManifests(io);
  }

  private static String line(String location, Map<String, String> before, LocalFileIO io) {
    String name = LocalFileIO.name(location);
    String sum = before.get(name);
    return name + " " + (sum == null ? sum(io.bytes(location)) : sum);
  }

  private static String sum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return bytes.length + " " + HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
