// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.anabranch.format.Frame;
import org.anabranch.format.RowsBuilder;
import org.anabranch.format.Transcoder;
import org.anabranch.format.UnknownFields;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Rejection;
import org.anabranch.view.Rows;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.TextVector;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;
import org.anabranch.view.Verdict;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.expression.EvaluationException;

/**
 * Says of framed events what the log's readers will say of them, with the same classes, and what
 * their bytes in the log are. Owned by one thread at a time.
 */
final class Judge {
  private static final int CHUNK_ROWS = 8_192;
  private static final Lane NOWHERE = new Lane("request", 0, 0);

  private final Transcoder transcoder;
  private final RowsBuilder rows;
  private final Verdict verdict;
  private final OptionalInt key;

  Judge(StreamDefinition stream, Verdict verdict) {
    this.transcoder = new Transcoder(stream);
    this.rows = new RowsBuilder(stream).namingUnknown();
    this.verdict = verdict;
    this.key = key(stream);
  }

  private static OptionalInt key(StreamDefinition stream) {
    return stream
        .key()
        .map(name -> OptionalInt.of(stream.schema().indexOf(name).orElseThrow()))
        .orElse(OptionalInt.empty());
  }

  /**
   * A judged event.
   *
   * @param bytes the event in the log
   * @param contentType what they are, empty for the stream's declared format
   * @param key the bytes that choose the partition, null for any
   * @param dropped how many of its fields no column took, that are not in the log either
   */
  record Judged(byte[] bytes, String contentType, byte[] key, int dropped) {}

  /**
   * All events of a piece.
   *
   * @param rejected how many are not rows
   * @param rejects the first of those, at the lines of the body
   * @param unknown the fields that no column took
   */
  record Judgement(
      List<Judged> events, int rejected, List<RejectedRow> rejects, UnknownFields unknown) {}

  /**
   * @param listed how many rejected rows are wanted in detail
   */
  Judgement judge(Piece piece, int listed) {
    List<Judged> judged = new ArrayList<>(piece.size());
    List<RejectedRow> rejects = new ArrayList<>();
    int rejected = 0;
    while (judged.size() < piece.size()) {
      int from = judged.size();
      Rejection[] rejections = chunk(piece, judged);
      for (int i = 0; i < rejections.length; i++) {
        if (rejections[i] != null) {
          rejected++;
          if (rejects.size() < listed) {
            rejects.add(new RejectedRow(piece.line(from + i), rejections[i]));
          }
        }
      }
    }
    return new Judgement(judged, rejected, rejects, rows.takeUnknown());
  }

  /** Judges as many events as are checked together; why each of them is not a row, or null. */
  private Rejection[] chunk(Piece piece, List<Judged> judged) {
    int from = judged.size();
    Rejection[] rejections = new Rejection[Math.min(CHUNK_ROWS, piece.size() - from)];
    for (int i = 0; i < rejections.length; i++) {
      rejections[i] = decode(piece.frame(from + i), i, judged);
    }
    Rows chunk = rows.build(NOWHERE, new Range(0, rejections.length));
    Rejection[] failed = chunk.size() == 0 ? null : verdict.judge(chunk);
    for (int row = 0; failed != null && row < chunk.size(); row++) {
      if (failed[row] != null) {
        rejections[(int) chunk.position(row)] = failed[row];
      }
    }
    return rejections;
  }

  /** The row's position is the event's index in the chunk. */
  private Rejection decode(Frame frame, int index, List<Judged> judged) {
    Transcoder.Transcoded transcoded = transcoder.toDeclared(frame, rows);
    byte[] keyBytes = null;
    int dropped = 0;
    if (transcoded.rejection() == null) {
      keyBytes = key.isPresent() ? text(rows.vectors().get(key.getAsInt()), rows.size()) : null;
      dropped = transcoded.dropped();
      rows.commitRow(index, 0);
    } else {
      rows.rollbackRow();
    }
    judged.add(new Judged(transcoded.bytes(), transcoded.contentType(), keyBytes, dropped));
    return transcoded.rejection();
  }

  /** The value as CAST AS VARCHAR writes it, in UTF-8; null for NULL. */
  private static byte[] text(Vector values, int row) {
    if (values.isNull(row)) {
      return null;
    }
    if (values instanceof TextVector text) {
      int start = text.start(row);
      return java.util.Arrays.copyOfRange(text.bytes(), start, start + text.length(row));
    }
    try {
      Object written = Conversions.convert(values.get(row), values.type(), Type.VARCHAR);
      return ((String) written).getBytes(StandardCharsets.UTF_8);
    } catch (EvaluationException e) {
      throw new IllegalStateException("Every value can be written as text", e);
    }
  }
}
