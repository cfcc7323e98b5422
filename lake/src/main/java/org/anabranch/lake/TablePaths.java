// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.nio.file.Path;

/**
 * Where the files are that the metadata of a lake's tables names. Iceberg records absolute paths;
 * every file of a lake lies below one directory, so what stands behind that directory's place in a
 * recorded path is enough to find it, wherever the lake was when the path was recorded. A copy of a
 * lake never touches the files of the original.
 */
record TablePaths(Path tables, String namespace) {
  /**
   * The path of a recorded location.
   *
   * @throws LakeException if it is not one of a lake's
   */
  Path path(String location) {
    String inside = "/" + tables.getFileName() + "/" + namespace + "/";
    int start = location.lastIndexOf(inside);
    Path path =
        start < 0
            ? Path.of(location)
            : tables.resolve(namespace).resolve(location.substring(start + inside.length()));
    Path found = path.normalize();
    if (!found.startsWith(tables)) {
      throw new LakeException(
          "Cannot read %s: it is not a file of the lake in %s".formatted(location, tables));
    }
    return found;
  }
}
