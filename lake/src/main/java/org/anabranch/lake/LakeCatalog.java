// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
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
  private final Damages damages;
  private final MetadataSums sums = new MetadataSums();
  private final JdbcCatalog catalog;

  LakeCatalog(Path directory, LakeLimits limits, Damages damages) throws IOException {
    this.limits = limits;
    this.damages = damages;
    this.tables = directory.resolve("tables");
    this.paths = new TablePaths(tables, NAME);
    Files.createDirectories(tables);
    CatalogFile file =
        new CatalogFile(
            directory.resolve("catalog.db"), paths, Integer.parseInt(BUSY_TIMEOUT_MILLIS));
    Map<String, TableHistory> histories = histories();
    Optional<String> fault = file.fault(histories);
    Map<String, Path> last = fault.isPresent() ? last(histories) : Map.of();
    boolean kept = fault.isPresent() && file.exists();
    if (fault.isPresent()) {
      file.putAside();
    }
    this.catalog = new JdbcCatalog(ignored -> io(), null, true);
    initialize(file.url());
    createNamespace();
    last.forEach(this::register);
    fault.ifPresent(
        text ->
            damages.repaired(
                directory.resolve("catalog.db"),
                text
                    + "; it was made again from the tables' last commits"
                    + (kept ? ", the old one is kept as " + file.aside() : "")));
  }

  private LocalFileIO io() {
    return new LocalFileIO(paths, damages, sums);
  }

  private Map<String, TableHistory> histories() throws IOException {
    Map<String, TableHistory> histories = new TreeMap<>();
    Path home = tables.resolve(NAME);
    if (Files.isDirectory(home)) {
      try (DirectoryStream<Path> directories = Files.newDirectoryStream(home)) {
        for (Path directory : directories) {
          histories.put(directory.getFileName().toString(), TableHistory.of(directory));
        }
      }
    }
    return histories;
  }

  /** The last commit of each table, which is read before anything is changed. */
  private Map<String, Path> last(Map<String, TableHistory> histories) {
    Map<String, Path> last = new TreeMap<>();
    histories.forEach(
        (table, history) -> {
          if (history.number() >= 0) {
            last.put(table, history.last(io()));
          }
        });
    return last;
  }

  private void register(String table, Path metadata) {
    catalog.registerTable(TableIdentifier.of(NAMESPACE, table), metadata.toString());
  }

  private void initialize(String url) {
    catalog.initialize(
        NAME,
        Map.of(
            "uri",
            url,
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
  LakeTable openOrCreate(String name, Schema schema, Map<String, String> properties)
      throws IOException {
    if (exists(name)) {
      return open(name);
    }
    if (TableHistory.of(directory(name)).hasCommits() && !exists(name)) {
      throw damages.found(
          tables.resolveSibling("catalog.db"),
          "it does not know table " + name + ", which has commits",
          "delete it and start again: it is made anew from the tables",
          null);
    }
    return create(name, schema, properties);
  }

  LakeTable open(String name) {
    TableFaults faults = new TableFaults(directory(name), paths, damages, sums);
    Table table = load(name, faults);
    return new LakeTable(name, paths, ((BaseTable) table).operations(), faults);
  }

  private Path directory(String name) {
    return tables.resolve(NAME).resolve(name);
  }

  private Table load(String name, TableFaults faults) {
    try {
      return catalog.loadTable(TableIdentifier.of(NAMESPACE, name));
    } catch (RuntimeException e) {
      throw faults.named(e);
    }
  }

  private LakeTable create(String name, Schema schema, Map<String, String> properties) {
    try {
      catalog
          .buildTable(TableIdentifier.of(NAMESPACE, name), schema)
          .withPartitionSpec(PartitionSpec.unpartitioned())
          .withLocation(directory(name).toString())
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
