// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anabranch.log.DamagedLogException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metadata.RemoveTopicRecord;
import org.apache.kafka.common.metadata.TopicRecord;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.metadata.MetadataRecordSerde;

/** The topics that the broker knows, by name, read from its metadata log and its snapshots. */
final class TopicIds {
  private final Map<String, Uuid> ids = new HashMap<>();

  private TopicIds() {}

  /**
   * @param metadata the directory of the metadata log, found intact
   */
  static Map<String, Uuid> in(Path metadata) throws IOException {
    TopicIds topics = new TopicIds();
    for (String kind : List.of(".checkpoint", ".log")) {
      try (Stream<Path> files = Files.list(metadata)) {
        for (Path file : files.filter(path -> path.toString().endsWith(kind)).sorted().toList()) {
          topics.readOrRefuse(file);
        }
      }
    }
    return topics.ids;
  }

  private void readOrRefuse(Path file) throws IOException {
    try {
      read(file);
    } catch (RuntimeException e) {
      throw new DamagedLogException(
          "file '"
              + file.getParent().getParent().getParent().relativize(file)
              + "', in which the broker keeps what topics there are, cannot be read; nothing was"
              + " changed. Restore the log's directory as a whole from a copy");
    }
  }

  private void read(Path file) throws IOException {
    MemoryRecords records =
        MemoryRecords.readableRecords(ByteBuffer.wrap(Files.readAllBytes(file)));
    for (MutableRecordBatch batch : records.batches()) {
      if (!batch.isControlBatch()) {
        batch.forEach(this::take);
      }
    }
  }

  private void take(Record record) {
    ApiMessage message =
        MetadataRecordSerde.INSTANCE
            .read(new ByteBufferAccessor(record.value()), record.valueSize())
            .message();
    if (message instanceof TopicRecord topic) {
      ids.put(topic.name(), topic.topicId());
    } else if (message instanceof RemoveTopicRecord removed) {
      ids.values().remove(removed.topicId());
    }
  }
}
