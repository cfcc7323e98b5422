// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.anabranch.view.Clock;
import org.anabranch.view.StreamDefinition;

/**
 * A directory with the tables of any number of streams. What is committed survives the death of the
 * process at any moment; several processes may commit, each commit wins or loses as a whole.
 */
public final class Lake implements AutoCloseable {
  private final Path directory;
  private final Clock clock;
  private final LakeLimits limits;
  private final LakeCatalog catalog;
  private final Damages damages;

  private Lake(
      Path directory, Clock clock, LakeLimits limits, LakeCatalog catalog, Damages damages) {
    this.damages = damages;
    this.directory = directory;
    this.clock = clock;
    this.limits = limits;
    this.catalog = catalog;
  }

  /**
   * Opens the lake of a directory, which is made where it does not exist.
   *
   * @throws org.anabranch.view.DamagedException if it is damaged so that it cannot be opened
   */
  public static Lake open(Path directory, Clock clock, LakeLimits limits) throws IOException {
    Objects.requireNonNull(clock, "clock is null");
    Objects.requireNonNull(limits, "limits is null");
    Path absolute = directory.toAbsolutePath().normalize();
    Damages damages = new Damages(absolute);
    LakeCatalog catalog = new LakeCatalog(absolute, limits, damages);
    return new Lake(absolute, clock, limits, catalog, damages);
  }

  /**
   * Opens the tables of a stream. Where they do not exist they are made, with the definition as
   * version 1 of the stream; where they do, they stay as they are, and whether the definition is
   * still the latest version is for the caller to see.
   */
  public LakeStream stream(StreamDefinition definition) throws IOException {
    return LakeStream.open(definition, directory, catalog, clock, limits, damages);
  }

  /** The names of the streams that have tables here, as they were declared. */
  public List<String> streams() {
    return catalog.tables().stream()
        .map(catalog::open)
        .map(table -> table.read().properties())
        .filter(properties -> "master".equals(properties.get(Properties.KIND)))
        .map(properties -> properties.get(Properties.STREAM))
        .sorted()
        .toList();
  }

  /** Which files were made again since the start, and from what, in words; oldest first. */
  public List<String> repairs() {
    return damages.repairs();
  }

  @Override
  public void close() {
    catalog.close();
  }
}
