// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.anabranch.format.ContentTypeException;
import org.anabranch.format.Framing;
import org.anabranch.format.FramingException;
import org.anabranch.format.Gzip;
import org.anabranch.format.LimitException;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Step;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Verdict;

/**
 * The way of one stream's events into the log: a body is framed piece by piece as it comes, every
 * event is judged as the log's readers will judge it, all of them are appended, and the answer
 * comes after the log's last acknowledgement. A body that fits in one piece is framed whole before
 * any of it is appended; of a larger one that goes no further the answer says what is in the log.
 * Any number of threads may call.
 *
 * <p>An event's partition follows from the text of the stream's key column, in UTF-8, as it does
 * for any Kafka producer with string keys; events of one request without key go to one partition.
 */
public final class IngestStream implements AutoCloseable {
  /** What an event takes once it is judged, beside its bytes. */
  private static final int JUDGED_BYTES = 100;

  /** What it takes while the log has not acknowledged it, its headers included. */
  private static final int APPENDED_BYTES = 1_500;

  private final StreamDefinition stream;
  private final IngestLimits limits;
  private final Admission admission;
  private final IdempotencyIndex index;
  private final IdempotencyKeeper keeper;
  private final PieceAppends appends;
  private volatile boolean serving;

  /**
   * @param stream the latest version of the stream
   * @param lanes the lane of a partition, opened if it is new; may throw while it cannot be
   * @param checks the CHECKs of the stream, for one thread
   * @param idempotencyDirectory where checkpoints of known keys are kept
   * @param budget the memory of all requests, whatever their streams
   */
  public IngestStream(
      StreamDefinition stream,
      StreamLog log,
      PartitionLanes lanes,
      Supplier<Verdict> checks,
      Path idempotencyDirectory,
      Clock clock,
      IngestLimits limits,
      IngestBudget budget) {
    this.stream = stream;
    this.limits = limits;
    this.admission = new Admission(limits, budget);
    this.index = new IdempotencyIndex(limits, clock);
    IdempotencyFile file = new IdempotencyFile(idempotencyDirectory, stream.topic());
    this.keeper = new IdempotencyKeeper(index, file, log, lanes, clock, limits);
    LogAppends sends = new LogAppends(log, limits.patience().appendMillis());
    this.appends = new PieceAppends(stream, lanes, checks, limits, sends, index, keeper);
  }

  /**
   * Writes down which requests the log has of lanes that end with a part of it lost: nothing reads
   * them any more.
   *
   * @param lanes all that are open, and what is left of each
   */
  public static void keepKeys(
      Path directory, StreamLog log, Map<Lane, KeptLane> lanes, Clock clock, IngestLimits limits)
      throws IOException {
    IdempotencyFile file = new IdempotencyFile(directory, log.stream().topic());
    new LostLaneKeys(file, log, lanes, clock, limits).write();
  }

  /**
   * Makes sure that the keys of events are written down before the lake takes them: the log may be
   * lost then, and a repeat is still known.
   *
   * @return false while that is not possible yet
   */
  public boolean keysAreWrittenDown(Coverage coming) throws IOException {
    return keeper.writtenDown(coming);
  }

  /** Learns which requests the log has; nothing is accepted before. */
  public void recover() throws IOException {
    keeper.recover();
    serving = true;
  }

  /** What writes down, now and then, which requests are known. */
  public Step checkpointStep() {
    return keeper;
  }

  /**
   * Takes a request.
   *
   * @throws IngestException if it is not acknowledged, with what that means
   */
  public Acknowledgement accept(IngestRequest request) throws IngestException {
    if (!serving) {
      throw IngestException.retry(
          IngestException.Kind.LOG_UNAVAILABLE,
          "Cannot take events of stream '" + stream.name() + "' now: it is starting or stopping",
          1_000,
          null);
    }
    if (request.idempotencyKey().isPresent()) {
      IdempotencyMark.requireKey(request.idempotencyKey().get());
    }
    RequestTally tally =
        new RequestTally(stream, request.firstLine(), limits.requests().listedRejects());
    try (Admission.Pass pass = admission.enter()) {
      Framing framing = framing(request);
      BodyStream body = new BodyStream(inflated(request), limits.requests().bodyBytes(), pass);
      BodyPieces pieces = new BodyPieces(framing, body, limits);
      while (next(pieces, request)) {
        append(pieces, request, pass, tally);
      }
      return tally.acknowledgement();
    } catch (IngestException e) {
      throw e.after(tally.beginning(), request.idempotencyKey().isPresent());
    }
  }

  private Framing framing(IngestRequest request) throws IngestException {
    try {
      return Framing.of(request.contentType(), stream);
    } catch (ContentTypeException e) {
      throw new IngestException(IngestException.Kind.UNSUPPORTED_TYPE, e.getMessage(), e);
    }
  }

  private InputStream inflated(IngestRequest request) throws IngestException {
    return switch (request.contentEncoding().toLowerCase(Locale.ROOT).strip()) {
      case "", "identity" -> request.body().get();
      case "gzip", "x-gzip" -> Gzip.open(request.body().get(), limits.requests().bodyBytes());
      default ->
          throw new IngestException(
              IngestException.Kind.UNSUPPORTED_TYPE,
              "Cannot read content encoding '" + request.contentEncoding() + "': send gzip or none",
              null);
    };
  }

  private static boolean next(BodyPieces pieces, IngestRequest request) throws IngestException {
    try {
      return pieces.next();
    } catch (FramingException e) {
      long line = request.firstLine() + e.line() - 1;
      throw new IngestException(IngestException.Kind.UNREADABLE_BODY, e.getMessage(), line, 0, e);
    } catch (LimitException e) {
      throw new IngestException(IngestException.Kind.TOO_LARGE, e.getMessage(), e);
    } catch (BodyStream.RefusedException e) {
      throw e.why();
    } catch (IOException e) {
      throw new IngestException(
          IngestException.Kind.INCOMPLETE_BODY,
          "Cannot read the rest of the body: the connection was lost, or it ended too early",
          e);
    }
  }

  private void append(
      BodyPieces pieces, IngestRequest request, Admission.Pass pass, RequestTally tally)
      throws IngestException {
    Piece piece = pieces.piece();
    if (piece.size() == 0) {
      return;
    }
    IngestBudget.Work work = pass.work(needed(piece));
    try {
      if (request.idempotencyKey().isEmpty()) {
        appends.append(piece, tally);
      } else {
        String key = request.idempotencyKey().get();
        appends.appendOnce(
            piece, new IdempotencyMark(key, pieces.number(), 0, pieces.identity(), 0), tally);
      }
    } finally {
      work.close();
    }
  }

  /** About how much memory the events take on their way. */
  private long needed(Piece piece) {
    int atOnce = Math.min(piece.size(), limits.pieces().appendEvents());
    return 2L * piece.bytes() + (long) piece.size() * JUDGED_BYTES + (long) atOnce * APPENDED_BYTES;
  }

  /**
   * How busy the stream's ingest is.
   *
   * @param requests how many requests are under way
   * @param bytes how many bytes of bodies are
   * @param knownKeys how many idempotency keys are known, a large body's once for each piece
   * @param dropped how many fields of appended events no column took, that are not in the log
   */
  public record Progress(int requests, long bytes, int knownKeys, long dropped) {}

  public Progress progress() {
    return new Progress(admission.requests(), admission.bytes(), index.size(), appends.dropped());
  }

  /** Accepts nothing more and writes the last checkpoint. */
  @Override
  public void close() {
    if (serving) {
      serving = false;
      keeper.close();
    }
  }
}
