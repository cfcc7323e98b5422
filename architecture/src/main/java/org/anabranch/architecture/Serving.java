// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anabranch.lake.Pin;
import org.anabranch.serving.Catalog;
import org.anabranch.serving.FilePin;
import org.anabranch.serving.FileRelation;
import org.anabranch.serving.Relation;
import org.anabranch.serving.SqlService;
import org.anabranch.serving.ThreadWatchdog;
import org.anabranch.serving.ViewReader;
import org.anabranch.serving.ViewRelation;
import org.anabranch.view.Clock;
import org.anabranch.view.Column;
import org.anabranch.view.Coverage;
import org.anabranch.view.Schema;
import org.anabranch.view.Standing;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.Type;

/**
 * The serving layer of a pipeline: its views, its streams as the lake has them, and their
 * quarantines under the stream's name with {@code __quarantine}.
 */
public final class Serving implements Catalog, AutoCloseable {
  private static final List<Column> POSITION =
      List.of(
          Column.required("_lane", Type.VARCHAR),
          Column.required("_position", Type.BIGINT),
          Column.required("_appended_at", Type.INSTANT));

  private final Collection<StreamRuntime> streams;
  private final Clock clock;
  private final ViewReader views;
  private final SqlService sql;

  Serving(Collection<StreamRuntime> streams, Parts parts) {
    this.streams = streams;
    this.clock = parts.clock();
    this.views = new ViewReader(parts.budgets().reads(), clock);
    this.sql = new SqlService(this, parts.budgets().sql(), clock, new ThreadWatchdog());
  }

  /** Keyed and ranged reads. */
  public ViewReader views() {
    return views;
  }

  /** Queries in SQL. */
  public SqlService sql() {
    return sql;
  }

  @Override
  public List<Relation> relations() {
    List<Relation> relations = new ArrayList<>();
    for (StreamRuntime stream : streams) {
      for (ViewSlot slot : stream.views().slots()) {
        relations.add(new ViewRelation(slot.shown(), stream.tilings(), slot.unavailable()));
      }
      relations.add(
          new FileRelation(
              stream.name(),
              stream.definition().rowSchema().with(POSITION),
              () -> new LakeFiles(stream.name(), stream.lakeStream().master().pin()),
              stream.archived()));
      relations.add(
          new FileRelation(
              stream.name() + "__quarantine",
              quarantineSchema(),
              () -> new LakeFiles(stream.name(), stream.lakeStream().quarantine().pin()),
              stream.archived()));
    }
    return relations;
  }

  private static Schema quarantineSchema() {
    return org.anabranch.lake.Quarantine.SCHEMA.with(POSITION);
  }

  /** The stream that a view belongs to, by its name. */
  public String streamOf(ViewRelation view) {
    return view.view().fold().stream();
  }

  private final class LakeFiles implements FilePin {
    private final Pin pin;
    private final Standing standing;
    private final Map<String, String> names = new HashMap<>();

    LakeFiles(String stream, Pin pin) {
      this.pin = pin;
      this.standing =
          new Standing(stream, pin.coverage(), Coverage.EMPTY, StreamLedger.EMPTY, clock.millis());
      pin.columns().forEach(column -> names.put(column.column().name(), column.nameInFile()));
    }

    @Override
    public List<Path> files() {
      return pin.files();
    }

    @Override
    public Standing standing() {
      return standing;
    }

    @Override
    public String nameInFile(String column) {
      return names.getOrDefault(column, column);
    }

    @Override
    public void close() {
      pin.close();
    }
  }

  @Override
  public void close() {
    views.close();
    sql.close();
  }
}
