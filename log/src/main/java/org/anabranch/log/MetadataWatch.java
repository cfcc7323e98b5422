// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Counts what a client learns about the cluster.
 *
 * <p>A client names topics by id once it has looked the id up, and looks it up only with new
 * metadata. Records carry no topic id; but as long as this count stands still, they come from, and
 * go to, the same topic. Kafka tells serialisers of new metadata, so this passes as one; bytes
 * travel through it as they are.
 */
final class MetadataWatch
    implements Serializer<byte[]>, Deserializer<ByteBuffer>, ClusterResourceListener {
  private final AtomicLong updates = new AtomicLong();

  long updates() {
    return updates.get();
  }

  @Override
  public void onUpdate(ClusterResource clusterResource) {
    updates.incrementAndGet();
  }

  @Override
  public byte[] serialize(String topic, byte[] data) {
    return data;
  }

  @Override
  public ByteBuffer deserialize(String topic, byte[] data) {
    return data == null ? null : ByteBuffer.wrap(data);
  }

  /** The fetched bytes themselves, not a copy. */
  @Override
  public ByteBuffer deserialize(String topic, Headers headers, ByteBuffer data) {
    return data;
  }

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {}

  @Override
  public void close() {}
}
