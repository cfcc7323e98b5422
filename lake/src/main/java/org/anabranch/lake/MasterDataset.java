// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.Schema;
import org.apache.iceberg.TableMetadata;

/** All accepted rows of a stream, append-only, and what they account for. */
public final class MasterDataset implements History {
  private final PositionedTable rows;

  MasterDataset(PositionedTable rows) {
    this.rows = rows;
  }

  @Override
  public Coverage coverage() {
    return PositionedTable.coverage(rows.table().read());
  }

  /** The columns of the rows as the latest stream version has them. */
  public Schema schema() {
    return LakeSchema.declared(rows.table().read().schema());
  }

  /** The leader epoch of the last position of each lane. */
  public Map<Lane, Integer> leaderEpochs() {
    Map<Lane, Integer> epochs = new TreeMap<>();
    PositionedTable.epochs(rows.table().read())
        .forEach((lane, epoch) -> epochs.put(lane, Math.toIntExact(epoch)));
    return epochs;
  }

  /** The texts that appends left. */
  public Map<String, String> ledger() {
    return Properties.under(Properties.LEDGER, rows.table().read().properties());
  }

  /**
   * Appends rows and what they account for in one commit.
   *
   * @throws org.anabranch.view.StaleException if they do not follow on what is covered; nothing is
   *     changed
   */
  public Appended append(ArchiveBatch batch) throws IOException {
    return rows.append(batch, base -> StreamState.of(base.properties()));
  }

  @Override
  public RowsReader read(Coverage wanted, List<String> columns) throws IOException {
    return rows.scan(wanted, selected(rows.table().read(), columns));
  }

  private static Schema selected(TableMetadata metadata, List<String> columns) {
    Schema all = LakeSchema.declared(metadata.schema());
    return new Schema(
        columns.stream()
            .map(
                name ->
                    all.column(
                        all.indexOf(name)
                            .orElseThrow(
                                () ->
                                    new LakeException(
                                        "Cannot read column '"
                                            + name
                                            + "': there are "
                                            + all.names()))))
            .toList());
  }

  /**
   * Keeps the files of what is covered now, for a reader of its own.
   *
   * @throws org.anabranch.view.DamagedException if one of them is not what was written
   */
  public Pin pin() {
    return rows.pin();
  }
}
