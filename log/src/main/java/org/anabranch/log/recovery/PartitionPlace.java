// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Which file holds a position. */
public final class PartitionPlace {
  private PartitionPlace() {}

  /** The segment file of a position, named from the data directory on. */
  public static String of(Path log, String topic, int partition, long position) {
    String name = topic + "-" + partition;
    try {
      for (PartitionFiles files : PartitionFiles.in(log)) {
        Map.Entry<Long, Path> segment = files.segments().floorEntry(position);
        if (files.name().equals(name) && segment != null) {
          return "file '" + log.getParent().relativize(segment.getValue()) + "'";
        }
      }
    } catch (IOException e) {
      // The name of the directory helps too.
      return "directory '" + log.getFileName() + "/" + name + "'";
    }
    return "directory '" + log.getFileName() + "/" + name + "'";
  }
}
