// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.anabranch.architecture.Pipeline;
import org.anabranch.architecture.RefusedException;
import org.anabranch.ingest.Acknowledgement;
import org.anabranch.ingest.IngestException;
import org.anabranch.ingest.IngestRequest;
import org.anabranch.ingest.IngestStream;
import org.anabranch.ingest.RejectedRow;
import org.anabranch.view.Column;
import org.anabranch.view.StreamDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes events. */
final class EventRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);

  private final Supplier<Pipeline> pipeline;

  EventRoutes(Supplier<Pipeline> pipeline) {
    this.pipeline = pipeline;
  }

  void streams(Exchange exchange) throws IOException {
    List<Object> streams = new ArrayList<>();
    for (StreamDefinition stream : pipeline.get().streams()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", stream.name());
      entry.put("format", stream.format());
      entry.put("delimiter", stream.options().getOrDefault("delimiter", ","));
      entry.put("quote", stream.options().getOrDefault("quote", "double"));
      entry.put("columns", stream.schema().columns().stream().map(EventRoutes::column).toList());
      streams.add(entry);
    }
    exchange.json(200, Map.of("streams", streams));
  }

  private static Map<String, Object> column(Column column) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", column.name());
    entry.put("type", column.type().toString());
    entry.put("nullable", column.nullable());
    return entry;
  }

  void append(Exchange exchange) throws IOException, HttpProblem, IngestException {
    IngestStream stream;
    try {
      stream = pipeline.get().ingest(exchange.parameter(0));
    } catch (RefusedException e) {
      throw HttpProblem.notFound(e.getMessage());
    }
    Optional<String> type = exchange.onlyHeader("Content-Type");
    if (type.isEmpty()) {
      throw HttpProblem.of(415, "content-type", "Cannot read a body without Content-Type")
          .withHint(
              "send application/json, application/x-ndjson, text/csv with a header line, or text/plain");
    }
    IngestRequest request =
        new IngestRequest(
            exchange::input,
            type.get(),
            exchange.onlyHeader("Content-Encoding").orElse(""),
            exchange.onlyHeader("Idempotency-Key"),
            firstLine(exchange));
    Acknowledgement acknowledged = stream.accept(request);
    HttpProblem otherwise = appended(acknowledged, request.idempotencyKey().isPresent());
    try {
      answer(exchange, acknowledged);
    } catch (IOException | RuntimeException e) {
      LOG.error("the acknowledgement of {} cannot be written", acknowledged.stream(), e);
      throw otherwise;
    }
    exchange.otherwise(otherwise);
  }

  /** What is said if the acknowledgement itself cannot be: that the events are there. */
  static HttpProblem appended(Acknowledgement acknowledged, boolean hasKey) {
    return HttpProblem.of(
            500,
            "appended",
            "The log has all events of the request ("
                + acknowledged.accepted()
                + " accepted, "
                + acknowledged.rejected()
                + " rejected), but the acknowledgement cannot be written")
        .withHint(
            hasKey
                ? "the request need not be repeated; if it is, with its key it changes nothing"
                : "do not send the events again: they would be there twice");
  }

  /** The line of a file that this body starts with, for those who send a file in pieces. */
  private static long firstLine(Exchange exchange) throws HttpProblem {
    String text = exchange.onlyHeader("First-Line").orElse("1");
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw HttpProblem.badRequest(
          "header", "Cannot read First-Line '" + text + "' as a line number");
    }
    return Long.parseLong(text);
  }

  private static void answer(Exchange exchange, Acknowledgement acknowledged) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("stream", acknowledged.stream());
    body.put("accepted", acknowledged.accepted());
    body.put("rejected", acknowledged.rejected());
    body.put("repeated", acknowledged.repeated());
    body.put("receipt", acknowledged.receipt().token());
    body.put("coverage", acknowledged.coverage());
    body.put("unknownFields", unknown(acknowledged));
    body.put("rejects", acknowledged.rejects().stream().map(EventRoutes::reject).toList());
    Receipts.header(exchange, acknowledged.receipt());
    exchange.json(200, body);
  }

  private static Map<String, Object> unknown(Acknowledgement acknowledged) {
    var unknown = acknowledged.unknown();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("count", unknown.count());
    entry.put("names", unknown.names());
    entry.put("unnamed", unknown.unnamed());
    entry.put("nearest", acknowledged.nearest());
    return entry;
  }

  private static Map<String, Object> reject(RejectedRow row) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("line", row.line());
    entry.put("column", row.rejection().column());
    entry.put("code", row.rejection().code());
    entry.put("reason", row.rejection().reason());
    return entry;
  }
}
