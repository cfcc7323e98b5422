// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A consumer of one partition. What it fetched is handed on only after the topic was verified, and
 * is kept where a read takes less of it.
 */
final class KafkaLaneReader implements LaneReader {
  private final StreamLog log;
  private final Lane lane;
  private final Broker broker;
  private final ReadLimits limits;
  private final WatchedTopic watched;
  private final TopicPartition partition;
  private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;

  private long position;
  private int leaderEpoch;
  private List<ConsumerRecord<ByteBuffer, ByteBuffer>> fetched = List.of();
  private int next;
  private long fetchedTo;
  private int fetchedEpoch;

  KafkaLaneReader(StreamLog log, Lane lane, TopicGuard guard, Broker broker, ReadLimits limits) {
    this.log = log;
    this.lane = lane;
    this.broker = broker;
    this.limits = limits;
    this.partition = new TopicPartition(log.stream().topic(), lane.partition());
    MetadataWatch watch = new MetadataWatch();
    this.watched = new WatchedTopic(guard, watch);
    this.consumer =
        new KafkaConsumer<>(ClientSettings.consumer(broker, limits), new MetadataWatch(), watch);
    consumer.assign(List.of(partition));
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public int leaderEpoch() {
    return leaderEpoch;
  }

  @Override
  public void seek(long to, int epoch) {
    Optional<Integer> known = epoch < 0 ? Optional.empty() : Optional.of(epoch);
    consumer.seek(partition, new OffsetAndMetadata(to, known, ""));
    position = to;
    leaderEpoch = epoch;
    fetched = List.of();
    next = 0;
    fetchedTo = to;
    fetchedEpoch = epoch;
  }

  @Override
  public Range read(long limit, Consumer<? super LogRecord> sink) {
    if (limit <= position) {
      return new Range(position, position);
    }
    if (position == fetchedTo) {
      fetch();
    }
    if (position < fetchedTo) {
      watched.verify();
    }
    return take(limit, sink);
  }

  private void fetch() {
    try {
      ConsumerRecords<ByteBuffer, ByteBuffer> records = consumer.poll(limits.patience());
      OffsetAndMetadata end = records.nextOffsets().get(partition);
      if (end != null) {
        fetched = records.records(partition);
        next = 0;
        fetchedTo = end.offset();
        fetchedEpoch = end.leaderEpoch().orElse(-1);
      }
    } catch (OffsetOutOfRangeException e) {
      throw outOfRange(e);
    } catch (ApiException | InterruptException e) {
      throw KafkaFailures.unavailable("read lane " + lane, broker, e);
    } catch (KafkaException e) {
      throw corrupt(position, "its bytes fail the checksum or are no records", e);
    }
    broker
        .fault()
        .ifPresent(
            fault -> {
              throw new LogUnavailableException("Cannot read lane " + lane + ": " + fault);
            });
  }

  /** Says which side of the log the position is on; another topic counts before either. */
  private LogException outOfRange(OffsetOutOfRangeException problem) {
    long start = log.start(lane.partition());
    if (position < start) {
      return new HistoryLostException(log.stream().name(), lane, position, start);
    }
    long end = log.end(lane.partition());
    if (problem instanceof LogTruncationException truncation) {
      OffsetAndMetadata divergent = truncation.divergentOffsets().get(partition);
      end = divergent == null ? end : divergent.offset();
    }
    return new LostTailException(log.stream().name(), lane, position, end, problem);
  }

  private CorruptLogException missing(long due, long found) {
    return corrupt(due, "there is no record below position " + found, null);
  }

  private CorruptLogException corrupt(long at, String problem, Throwable cause) {
    String place = broker.place(log.stream().topic(), lane.partition(), at);
    return new CorruptLogException(log.stream().name(), lane, at, place, problem, cause);
  }

  /** Hot: once a record. */
  private Range take(long limit, Consumer<? super LogRecord> sink) {
    List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = fetched;
    int size = records.size();
    int index = next;
    long bytes = 0;
    long due = position;
    boolean gapless = broker.isGapless();
    while (index < size && bytes < limits.bytes()) {
      ConsumerRecord<ByteBuffer, ByteBuffer> record = records.get(index);
      if (record.offset() != due && gapless) {
        throw missing(due, record.offset());
      }
      if (record.offset() >= limit) {
        break;
      }
      due = record.offset() + 1;
      sink.accept(new KafkaRecord(record));
      bytes += Math.max(record.serializedValueSize(), 0);
      index++;
    }
    if (index == size && due != fetchedTo && gapless) {
      throw missing(due, fetchedTo);
    }
    long to = index < size ? Math.min(limit, records.get(index).offset()) : fetchedTo;
    return passed(Math.min(to, limit), index);
  }

  private Range passed(long to, int index) {
    Range range = new Range(position, to);
    if (to == fetchedTo) {
      leaderEpoch = fetchedEpoch;
      fetched = List.of();
      next = 0;
    } else if (index > next) {
      leaderEpoch = fetched.get(index - 1).leaderEpoch().orElse(leaderEpoch);
      next = index;
    }
    position = to;
    return range;
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
