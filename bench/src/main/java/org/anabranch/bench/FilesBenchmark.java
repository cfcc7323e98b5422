// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import org.anabranch.ingest.FileOptions;
import org.anabranch.ingest.FilePiece;
import org.anabranch.ingest.FileSource;
import org.anabranch.log.Broker;
import org.anabranch.log.Durability;
import org.anabranch.log.EmbeddedBroker;
import org.anabranch.log.KafkaLog;
import org.anabranch.log.StreamLog;
import org.anabranch.sql.Script;
import org.anabranch.view.Clock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A file of NDJSON lines into a stream as {@code anabranch ingest} sends it, in pieces with keys
 * over one connection, beside the limit: Kafka's own producer that sends the same lines, unchecked.
 */
final class FilesBenchmark implements Benchmark {
  @Override
  public void run(Settings settings, PrintStream out) throws Exception {
    Flights flights = new Flights(settings.flights());
    Script script = flights.script("");
    List<byte[]> events = flights.events(settings.events());
    Samples ours = new Samples();
    Samples raw = new Samples();
    try (Scratch scratch = Scratch.create()) {
      Path file = written(events, scratch.path().resolve("flights.ndjson"));
      for (int round = 0; round < settings.rounds(); round++) {
        raw.add(produced(script, events));
        ours.add(ingested(script, file, events.size()));
      }
    }
    out.printf("raw producer: %s events/s%n", raw.spread());
    out.printf("anabranch, a file of %,d lines: %s rows/s%n", events.size(), ours.spread());
    out.printf(Locale.ROOT, "rate %.2f of the raw producer's%n", ours.median() / raw.median());
  }

  private static Path written(List<byte[]> events, Path file) throws IOException {
    try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (byte[] event : events) {
        lines.write(event);
        lines.write('\n');
      }
    }
    return file;
  }

  /** Rows a second until the last piece is acknowledged; then all of them are accounted for. */
  private static double ingested(Script script, Path file, long events) throws Exception {
    try (Node node = Node.start(script)) {
      HttpClient http = HttpClient.newHttpClient();
      long started = System.nanoTime();
      try (FileSource source = FileSource.open(file, FileOptions.DEFAULT)) {
        for (FilePiece piece = source.next(); piece != null; piece = source.next()) {
          node.post(http, "/v1/streams/flights/events", piece.key(), piece.body());
        }
      }
      double rate = Samples.perSecond(events, started);
      node.requireAccepted(events);
      return rate;
    }
  }

  private static double produced(Script script, List<byte[]> events) throws Exception {
    try (Scratch scratch = Scratch.create();
        EmbeddedBroker broker = EmbeddedBroker.start(scratch.path(), Durability.PROCESS);
        KafkaLog log = new KafkaLog(broker, Clock.SYSTEM)) {
      StreamLog stream = log.open(script.streams().get(0));
      try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
        long started = System.nanoTime();
        List<Future<?>> sent = new ArrayList<>();
        for (byte[] event : events) {
          sent.add(producer.send(new ProducerRecord<>(stream.stream().topic(), event)));
        }
        for (Future<?> each : sent) {
          each.get();
        }
        return Samples.perSecond(events.size(), started);
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Broker broker) {
    Map<String, Object> settings = new HashMap<>(broker.clientProperties());
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("acks", "all");
    settings.put("linger.ms", "5");
    settings.put("batch.size", String.valueOf(256 << 10));
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
