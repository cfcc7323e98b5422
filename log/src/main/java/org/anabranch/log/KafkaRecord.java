// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A fetched record, its value still in the fetched buffer. */
final class KafkaRecord implements LogRecord {
  private final ConsumerRecord<?, ByteBuffer> fetched;
  private final byte[] bytes;
  private final int offset;
  private final int length;

  KafkaRecord(ConsumerRecord<?, ByteBuffer> fetched) {
    this.fetched = fetched;
    ByteBuffer value = fetched.value();
    if (value == null) {
      bytes = null;
      offset = 0;
      length = 0;
    } else if (value.hasArray()) {
      bytes = value.array();
      offset = value.arrayOffset() + value.position();
      length = value.remaining();
    } else {
      bytes = new byte[value.remaining()];
      value.duplicate().get(bytes);
      offset = 0;
      length = bytes.length;
    }
  }

  @Override
  public long position() {
    return fetched.offset();
  }

  @Override
  public long appendedAt() {
    return fetched.timestamp();
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public String header(String name) {
    Header header = fetched.headers().lastHeader(name);
    return header == null ? null : text(header);
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    for (Header header : fetched.headers()) {
      headers.put(header.key(), text(header));
    }
    return headers;
  }

  private static String text(Header header) {
    byte[] value = header.value();
    return value == null ? "" : new String(value, StandardCharsets.UTF_8);
  }
}
