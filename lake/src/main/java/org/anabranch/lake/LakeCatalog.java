// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Iceberg's JDBC catalog in a SQLite file that keeps every acknowledged commit. */
final class LakeCatalog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LakeCatalog.class);
  private static final String NAME = "anabranch";
  private static final Namespace NAMESPACE = Namespace.of(NAME);
  private static final String BUSY_TIMEOUT_MILLIS = "60000";

  private final Path tables;
  private final TablePaths paths;
  private final LakeLimits limits;
  private final JdbcCatalog catalog;

  LakeCatalog(Path directory, LakeLimits limits) throws IOException {
    this.limits = limits;
    this.tables = directory.resolve("tables");
    this.paths = new TablePaths(tables, NAME);
    Files.createDirectories(tables);
    this.catalog = new JdbcCatalog(ignored -> new LocalFileIO(paths), null, true);
    catalog.initialize(
        NAME,
        Map.of(
            "uri",
            "jdbc:sqlite:" + directory.resolve("catalog.db"),
            "warehouse",
            tables.toString(),
            "jdbc.schema-version",
            "V1",
            "jdbc.journal_mode",
            "WAL",
            "jdbc.synchronous",
            "FULL",
            "jdbc.busy_timeout",
            BUSY_TIMEOUT_MILLIS));
    createNamespace();
  }

  private void createNamespace() {
    try {
      if (!catalog.namespaceExists(NAMESPACE)) {
        catalog.createNamespace(NAMESPACE);
      }
    } catch (AlreadyExistsException e) {
      LOG.debug("Another opener was faster to make the namespace: {}", e.getMessage());
    }
  }

  /** Names of all tables. */
  List<String> tables() {
    return catalog.listTables(NAMESPACE).stream().map(TableIdentifier::name).toList();
  }

  boolean exists(String name) {
    return catalog.listTables(NAMESPACE).contains(TableIdentifier.of(NAMESPACE, name));
  }

  /** Opens a table, creating it first where it does not exist. */
  LakeTable openOrCreate(String name, Schema schema, Map<String, String> properties) {
    return exists(name) ? open(name) : create(name, schema, properties);
  }

  LakeTable open(String name) {
    Table table = load(name);
    return new LakeTable(name, paths, ((BaseTable) table).operations());
  }

  private Table load(String name) {
    try {
      return catalog.loadTable(TableIdentifier.of(NAMESPACE, name));
    } catch (NotFoundException e) {
      throw new LakeException("Cannot open table " + name + ": " + e.getMessage(), e);
    }
  }

  private LakeTable create(String name, Schema schema, Map<String, String> properties) {
    try {
      catalog
          .buildTable(TableIdentifier.of(NAMESPACE, name), schema)
          .withPartitionSpec(PartitionSpec.unpartitioned())
          .withLocation(tables.resolve(NAME).resolve(name).toString())
          .withProperties(settings())
          .withProperties(properties)
          .create();
    } catch (AlreadyExistsException e) {
      // Another opener was faster with the same table.
      return open(name);
    }
    return open(name);
  }

  /** Iceberg's own properties; retries are ours, see {@link LakeTable#commit}. */
  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("format-version", "2");
    settings.put(Properties.LAYOUT, String.valueOf(Properties.LAYOUT_VERSION));
    settings.put("commit.retry.num-retries", "0");
    settings.put("commit.manifest.min-count-to-merge", String.valueOf(limits.manifestsToMerge()));
    settings.put("write.metadata.delete-after-commit.enabled", "true");
    settings.put("write.metadata.previous-versions-max", String.valueOf(limits.previousMetadata()));
    settings.put("write.metadata.compression-codec", "gzip");
    settings.put("write.manifest.compression-codec", "snappy");
    return settings;
  }

  @Override
  public void close() {
    catalog.close();
  }
}
