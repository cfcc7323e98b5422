// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * One attempt at a commit. Whatever it decides and writes is a function of the metadata it read: it
 * never refreshes, so Iceberg cannot rebase it, and the catalog takes it only while that metadata
 * is still current. Properties set here go into the same commit as the table operation.
 */
final class Attempt implements TableOperations {
  private final TableOperations operations;
  private final TableMetadata base;
  private final String name;
  private final Map<String, String> set = new TreeMap<>();
  private final Set<String> removed = new TreeSet<>();
  private boolean committed;

  Attempt(TableOperations operations, TableMetadata base, String name) {
    this.operations = operations;
    this.base = base;
    this.name = name;
  }

  /** What this attempt builds on. */
  TableMetadata base() {
    return base;
  }

  void set(String property, String value) {
    set.put(property, value);
  }

  void remove(String property) {
    removed.add(property);
  }

  /** The table as it was read; the first commit of an operation on it ends the attempt. */
  Table table() {
    return new BaseTable(this, name, report -> {});
  }

  /** Commits the properties alone. */
  void commit() {
    commit(base, base);
  }

  @Override
  public void commit(TableMetadata from, TableMetadata next) {
    if (committed || from != base) {
      throw new IllegalStateException("Cannot commit to " + name + " twice in one attempt");
    }
    setSums(next);
    TableMetadata changed =
        TableMetadata.buildFrom(next).setProperties(set).removeProperties(removed).build();
    operations.commit(base, changed);
    committed = true;
  }

  /** What the files of the snapshot are is said in the same commit. */
  private void setSums(TableMetadata next) {
    String sums = MetadataSums.of(base, next, (LocalFileIO) operations.io());
    if (!sums.isEmpty()) {
      set(Properties.METADATA, sums);
    }
  }

  @Override
  public TableMetadata current() {
    return committed ? operations.current() : base;
  }

  @Override
  public TableMetadata refresh() {
    return committed ? operations.refresh() : base;
  }

  @Override
  public FileIO io() {
    return operations.io();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return operations.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return LocationProviders.locationsFor(base.location(), base.properties());
  }

  @Override
  public long newSnapshotId() {
    return operations.newSnapshotId();
  }
}
