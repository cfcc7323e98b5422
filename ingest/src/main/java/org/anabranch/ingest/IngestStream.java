// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.anabranch.format.ContentTypeException;
import org.anabranch.format.Frame;
import org.anabranch.format.Framing;
import org.anabranch.format.FramingException;
import org.anabranch.format.Gzip;
import org.anabranch.format.LimitException;
import org.anabranch.log.Appended;
import org.anabranch.log.Event;
import org.anabranch.log.EventTooLargeException;
import org.anabranch.log.LogException;
import org.anabranch.log.LogUnavailableException;
import org.anabranch.log.StreamLog;
import org.anabranch.log.UnknownOutcomeException;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.anabranch.view.Step;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Verdict;

/**
 * The way of one stream's events into the log: a body is framed as a whole, every event is judged
 * as the log's readers will judge it, all of them are appended, and the answer comes after the
 * log's acknowledgement. Any number of threads may call.
 *
 * <p>An event's partition follows from the text of the stream's key column, in UTF-8, as it does
 * for any Kafka producer with string keys; events of one request without key go to one partition.
 */
public final class IngestStream implements AutoCloseable {
  private final StreamDefinition stream;
  private final IntFunction<Lane> lanes;
  private final Supplier<Verdict> checks;
  private final IngestLimits limits;
  private final LogAppends appends;
  private final Admission admission;
  private final IdempotencyIndex index;
  private final IdempotencyKeeper keeper;
  private final Deque<Judge> judges = new ConcurrentLinkedDeque<>();
  private volatile boolean serving;

  /**
   * @param stream the latest version of the stream
   * @param lanes the lane of a partition, opened if it is new; may throw while it cannot be
   * @param checks the CHECKs of the stream, for one thread
   * @param idempotencyDirectory where checkpoints of known keys are kept
   */
  public IngestStream(
      StreamDefinition stream,
      StreamLog log,
      IntFunction<Lane> lanes,
      Supplier<Verdict> checks,
      Path idempotencyDirectory,
      Clock clock,
      IngestLimits limits) {
    this.stream = stream;
    this.lanes = lanes;
    this.checks = checks;
    this.limits = limits;
    this.appends = new LogAppends(log, limits.patience().appendMillis());
    this.admission = new Admission(limits);
    this.index = new IdempotencyIndex(limits, clock);
    IdempotencyFile file = new IdempotencyFile(idempotencyDirectory, log.topicId());
    this.keeper = new IdempotencyKeeper(index, file, log, lanes, clock, limits);
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
    try (Admission.Pass pass = admission.enter()) {
      pass.take(request.body().length);
      byte[] body = inflated(request);
      pass.take(body.length);
      List<Frame> frames = framed(request, body);
      return request.idempotencyKey().isEmpty() || frames.isEmpty()
          ? append(request, judged(frames))
          : appendOnce(request, request.idempotencyKey().get(), body, frames);
    }
  }

  private byte[] inflated(IngestRequest request) throws IngestException {
    try {
      return switch (request.contentEncoding().toLowerCase(Locale.ROOT).strip()) {
        case "", "identity" -> limited(request.body());
        case "gzip", "x-gzip" -> Gzip.inflate(request.body(), limits.requests().bodyBytes());
        default ->
            throw new IngestException(
                IngestException.Kind.UNSUPPORTED_TYPE,
                "Cannot read content encoding '"
                    + request.contentEncoding()
                    + "': send gzip or none",
                null);
      };
    } catch (LimitException e) {
      throw new IngestException(IngestException.Kind.TOO_LARGE, e.getMessage(), e);
    } catch (FramingException e) {
      throw new IngestException(IngestException.Kind.UNREADABLE_BODY, e.getMessage(), e);
    }
  }

  private byte[] limited(byte[] body) throws LimitException {
    if (body.length > limits.requests().bodyBytes()) {
      throw new LimitException(
          "Cannot take a body of "
              + body.length
              + " bytes: the limit is "
              + limits.requests().bodyBytes());
    }
    return body;
  }

  private List<Frame> framed(IngestRequest request, byte[] body) throws IngestException {
    try {
      return Framing.of(request.contentType(), stream).frameAll(body);
    } catch (ContentTypeException e) {
      throw new IngestException(IngestException.Kind.UNSUPPORTED_TYPE, e.getMessage(), e);
    } catch (FramingException e) {
      long line = request.firstLine() + e.line() - 1;
      throw new IngestException(IngestException.Kind.UNREADABLE_BODY, e.getMessage(), line, 0, e);
    }
  }

  private List<Judge.Judged> judged(List<Frame> frames) {
    Judge judge = judges.poll();
    if (judge == null) {
      judge = new Judge(stream, checks.get());
    }
    List<Judge.Judged> judged = judge.judge(frames);
    // One that failed may be half filled and is not used again.
    judges.push(judge);
    return judged;
  }

  private static int rejected(List<Judge.Judged> events) {
    return (int) events.stream().filter(event -> event.rejection() != null).count();
  }

  private Acknowledgement append(IngestRequest request, List<Judge.Judged> events)
      throws IngestException {
    List<Event> records = events.stream().map(event -> record(event, Optional.empty())).toList();
    Coverage coverage = Coverage.EMPTY;
    if (!records.isEmpty()) {
      try {
        coverage = coverage(appends.append(records));
      } catch (LogException e) {
        throw LogAppends.failure(e, false, lineAtFault(e, request, events, null));
      }
    }
    return acknowledgement(request, events, rejected(events), coverage, false);
  }

  private Acknowledgement appendOnce(
      IngestRequest request, String key, byte[] body, List<Frame> frames) throws IngestException {
    BodyIdentity identity = BodyIdentity.of(body, frames);
    claim(key, identity);
    try {
      settle(key);
      boolean repeated = !index.isNew(key);
      int[] missing = index.missing(key);
      if (missing.length == 0 && index.rejected(key) == 0) {
        return acknowledgement(request, List.of(), frames.size(), 0, coverage(key), true);
      }
      List<Judge.Judged> events = judged(frames);
      if (missing.length > 0) {
        appendMissing(request, key, identity, events, missing);
      }
      return acknowledgement(request, events, index.rejected(key), coverage(key), repeated);
    } finally {
      index.release(key);
    }
  }

  private void claim(String key, BodyIdentity identity) throws IngestException {
    try {
      index.claim(key, identity);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw IngestException.retry(
          IngestException.Kind.BUSY,
          "Cannot wait for the first request with key '" + key + "': interrupted",
          1_000,
          e);
    }
  }

  /** Finds out what became of an earlier try whose outcome is not known. */
  private void settle(String key) throws IngestException {
    if (index.unresolved(key).isEmpty()) {
      return;
    }
    try {
      keeper.resolve();
    } catch (LogException e) {
      throw LogAppends.failure(e, true, 0);
    }
    if (index.unresolved(key).isPresent()) {
      throw IngestException.retry(
          IngestException.Kind.UNKNOWN_OUTCOME,
          "Cannot tell yet what became of the first request with key '"
              + key
              + "'; repeat it with the same key",
          limits.keys().settleMillis(),
          null);
    }
  }

  private void appendMissing(
      IngestRequest request,
      String key,
      BodyIdentity identity,
      List<Judge.Judged> events,
      int[] missing)
      throws IngestException {
    int rejected = rejected(events);
    List<Event> records =
        IntStream.of(missing)
            .mapToObj(
                i ->
                    record(
                        events.get(i),
                        Optional.of(new IdempotencyMark(key, i, identity, rejected))))
            .toList();
    IdempotencyIndex.OpenAppend open = index.begin(key, rejected);
    try {
      index.appended(open, missing, appends.append(records));
    } catch (EventTooLargeException | LogUnavailableException e) {
      index.nothingAppended(open);
      throw LogAppends.failure(e, true, lineAtFault(e, request, events, missing));
    } catch (UnknownOutcomeException e) {
      index.unknown(open);
      throw LogAppends.unknown(e, true, Math.max(limits.keys().settleMillis(), 1));
    } catch (LogException e) {
      // Another topic took them, if any: they are not in this stream's log.
      index.nothingAppended(open);
      throw LogAppends.failure(e, true, 0);
    } catch (RuntimeException | Error e) {
      index.unknown(open);
      throw e;
    }
  }

  private static Event record(Judge.Judged event, Optional<IdempotencyMark> mark) {
    return new Event(
        event.bytes(),
        event.key(),
        Event.ANY_PARTITION,
        IdempotencyMark.headers(mark, event.contentType()));
  }

  private static long lineAtFault(
      LogException problem, IngestRequest request, List<Judge.Judged> events, int[] indexes) {
    if (!(problem instanceof EventTooLargeException tooLarge)) {
      return 0;
    }
    int event = indexes == null ? tooLarge.index() : indexes[tooLarge.index()];
    return request.firstLine() + events.get(event).line() - 1;
  }

  private Coverage coverage(Appended appended) {
    Coverage.Builder coverage = new Coverage.Builder();
    for (int event = 0; event < appended.size(); event++) {
      long position = appended.position(event);
      coverage.add(lane(appended.partition(event)), new Range(position, position + 1));
    }
    return coverage.build();
  }

  private Coverage coverage(String key) throws IngestException {
    try {
      return index.coverage(key, this::lane);
    } catch (UnknownOutcomeException e) {
      throw LogAppends.unknown(e, true, Math.max(limits.keys().settleMillis(), 1));
    }
  }

  /** The lane of positions that the log has acknowledged: without it they have no name. */
  private Lane lane(int partition) {
    try {
      return lanes.apply(partition);
    } catch (RuntimeException e) {
      throw new UnknownOutcomeException(
          "Cannot name the positions of partition "
              + partition
              + " of stream '"
              + stream.name()
              + "', which was added to the topic just now; the events are in the log: "
              + e.getMessage(),
          0,
          e);
    }
  }

  private Acknowledgement acknowledgement(
      IngestRequest request,
      List<Judge.Judged> events,
      int rejected,
      Coverage coverage,
      boolean repeated) {
    return acknowledgement(request, events, events.size(), rejected, coverage, repeated);
  }

  private Acknowledgement acknowledgement(
      IngestRequest request,
      List<Judge.Judged> events,
      int count,
      int rejected,
      Coverage coverage,
      boolean repeated) {
    List<RejectedRow> rejects = new ArrayList<>();
    for (Judge.Judged event : events) {
      if (event.rejection() != null && rejects.size() < limits.requests().listedRejects()) {
        rejects.add(new RejectedRow(request.firstLine() + event.line() - 1, event.rejection()));
      }
    }
    return new Acknowledgement(
        stream.name(), coverage, count - rejected, rejected, rejects, repeated);
  }

  /**
   * How busy the stream's ingest is.
   *
   * @param requests how many requests are under way
   * @param bytes how many bytes of bodies are
   * @param knownKeys how many idempotency keys are known
   */
  public record Progress(int requests, long bytes, int knownKeys) {}

  public Progress progress() {
    return new Progress(admission.requests(), admission.bytes(), index.size());
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
