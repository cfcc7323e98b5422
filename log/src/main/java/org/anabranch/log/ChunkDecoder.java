// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anabranch.format.Decoders;
import org.anabranch.format.EventDecoder;
import org.anabranch.format.RowsBuilder;
import org.anabranch.view.Chunk;
import org.anabranch.view.Lane;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Range;
import org.anabranch.view.Rejection;
import org.anabranch.view.Rows;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Verdict;

/** Gives every record of a run its verdict. Owned by one thread. */
final class ChunkDecoder {
  private static final byte[] NO_BYTES = {};
  private static final Rejection NO_VALUE =
      new Rejection("syntax", "", "the record has no value; an event has one");

  private final EventDecoder decoder;
  private final StreamDefinition stream;
  private RowsBuilder builder;
  private final Verdict verdict;

  ChunkDecoder(LaneVersion version) {
    this.decoder = Decoders.of(version.stream());
    this.stream = version.stream();
    this.builder = new RowsBuilder(stream);
    this.verdict = version.verdict();
  }

  /**
   * @param records every record of the range
   * @param leaderEpoch of the range's last position
   */
  Chunk decode(Lane lane, Range range, List<LogRecord> records, int leaderEpoch) {
    if (builder.size() > 0) {
      // A failure left it half filled.
      builder = new RowsBuilder(stream);
    }
    Rejection[] rejections = new Rejection[records.size()];
    int[] recordOfRow = new int[records.size()];
    for (int index = 0; index < rejections.length; index++) {
      recordOfRow[builder.size()] = index;
      rejections[index] = decode(records.get(index));
    }
    long unknownFields = builder.unknownFields();
    Rows rows = judged(builder.build(lane, range), recordOfRow, rejections);
    return new Chunk(rows, quarantined(lane, records, rejections), leaderEpoch, unknownFields);
  }

  /** Commits a row to the builder or says why not. */
  private Rejection decode(LogRecord record) {
    if (record.bytes() == null) {
      return NO_VALUE;
    }
    String contentType = contentType(record);
    Rejection rejection =
        decoder.decode(record.bytes(), record.offset(), record.length(), contentType, builder);
    if (rejection == null) {
      builder.commitRow(record.position(), record.appendedAt());
    } else {
      builder.rollbackRow();
    }
    return rejection;
  }

  private Rows judged(Rows rows, int[] recordOfRow, Rejection[] rejections) {
    Rejection[] judged = rows.size() == 0 ? null : verdict.judge(rows);
    if (judged == null) {
      return rows;
    }
    int[] accepted = new int[rows.size()];
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (judged[row] == null) {
        accepted[count++] = row;
      } else {
        rejections[recordOfRow[row]] = judged[row];
      }
    }
    return count == rows.size() ? rows : rows.select(accepted, count);
  }

  private static List<Quarantined> quarantined(
      Lane lane, List<LogRecord> records, Rejection[] rejections) {
    List<Quarantined> quarantined = new ArrayList<>();
    for (int index = 0; index < rejections.length; index++) {
      if (rejections[index] != null) {
        quarantined.add(quarantined(lane, records.get(index), rejections[index]));
      }
    }
    return quarantined;
  }

  private static Quarantined quarantined(Lane lane, LogRecord record, Rejection rejection) {
    byte[] bytes =
        record.bytes() == null
            ? NO_BYTES
            : Arrays.copyOfRange(
                record.bytes(), record.offset(), record.offset() + record.length());
    return new Quarantined(
        lane, record.position(), record.appendedAt(), bytes, contentType(record), rejection);
  }

  private static String contentType(LogRecord record) {
    String contentType = record.header(EventHeaders.CONTENT_TYPE);
    return contentType == null ? "" : contentType;
  }
}
