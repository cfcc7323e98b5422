// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.nio.file.Path;
import java.util.List;
import org.anabranch.view.Standing;

/** Files that stay until the pin is closed. Their rows are exactly those of the coverage. */
public interface FilePin extends AutoCloseable {
  /** Absolute paths of the Parquet files. */
  List<Path> files();

  /** What the files account for, as the standing's frontier. */
  Standing standing();

  /**
   * The name inside the files of a column of the schema. A file may lack it, its rows then have
   * null there; an older file may hold a narrower number.
   */
  String nameInFile(String column);

  @Override
  void close();
}
