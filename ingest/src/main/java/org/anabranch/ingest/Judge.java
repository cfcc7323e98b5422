// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.anabranch.format.Frame;
import org.anabranch.format.RowsBuilder;
import org.anabranch.format.Transcoder;
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
    this.rows = new RowsBuilder(stream);
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
   * @param line where it starts in the body, from 1
   * @param bytes the event in the log
   * @param contentType what they are, empty for the stream's declared format
   * @param key the bytes that choose the partition, null for any
   * @param rejection why it is not a row, null if it is one
   */
  record Judged(long line, byte[] bytes, String contentType, byte[] key, Rejection rejection) {
    private Judged rejected(Rejection why) {
      return why == null ? this : new Judged(line, bytes, contentType, key, why);
    }
  }

  List<Judged> judge(List<Frame> frames) {
    List<Judged> judged = new ArrayList<>(frames.size());
    for (Frame frame : frames) {
      judged.add(decode(frame, judged.size()));
      if (rows.size() == CHUNK_ROWS) {
        check(judged);
      }
    }
    check(judged);
    return judged;
  }

  /** The row's position is the event's index. */
  private Judged decode(Frame frame, int index) {
    Transcoder.Transcoded transcoded = transcoder.toDeclared(frame, rows);
    byte[] keyBytes = null;
    if (transcoded.rejection() == null) {
      keyBytes = key.isPresent() ? text(rows.vectors().get(key.getAsInt()), rows.size()) : null;
      rows.commitRow(index, 0);
    } else {
      rows.rollbackRow();
    }
    return new Judged(
        frame.line(),
        transcoded.bytes(),
        transcoded.contentType(),
        keyBytes,
        transcoded.rejection());
  }

  private void check(List<Judged> judged) {
    Rows chunk = rows.build(NOWHERE, new Range(0, judged.size()));
    Rejection[] rejections = chunk.size() == 0 ? null : verdict.judge(chunk);
    for (int row = 0; rejections != null && row < chunk.size(); row++) {
      int index = (int) chunk.position(row);
      judged.set(index, judged.get(index).rejected(rejections[row]));
    }
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
