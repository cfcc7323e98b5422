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
import org.anabranch.format.UnknownFields;
import org.anabranch.ingest.Acknowledgement;
import org.anabranch.ingest.IngestException;
import org.anabranch.ingest.IngestRequest;
import org.anabranch.ingest.IngestStream;
import org.anabranch.ingest.RejectedRow;
import org.anabranch.view.Column;
import org.anabranch.view.StreamDefinition;

/** Takes events. */
final class EventRoutes {
  /** A receipt that is longer stands in the body only. */
  private static final int LONGEST_HEADER = 4 << 10;

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

  void append(Exchange exchange) throws IOException, HttpProblem {
    IngestStream stream;
    try {
      stream = pipeline.get().ingest(exchange.parameter(0));
    } catch (RefusedException e) {
      throw HttpProblem.notFound(e.getMessage());
    }
    Optional<String> type = exchange.header("Content-Type");
    if (type.isEmpty()) {
      throw HttpProblem.of(415, "content-type", "Cannot read a body without Content-Type")
          .withHint(
              "send application/json, application/x-ndjson, text/csv with a header line, or text/plain");
    }
    exchange.requireBodyWithinLimit();
    IngestRequest request =
        new IngestRequest(
            exchange::stream,
            type.get(),
            exchange.header("Content-Encoding").orElse(""),
            exchange.header("Idempotency-Key"),
            firstLine(exchange));
    try {
      answer(exchange, stream.accept(request));
    } catch (IngestException e) {
      throw problem(e);
    }
  }

  /** The line of a file that this body starts with, for those who send a file in pieces. */
  private static long firstLine(Exchange exchange) throws HttpProblem {
    String text = exchange.header("First-Line").orElse("1");
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
    body.put("unknownFields", unknown(acknowledged.unknown()));
    body.put("rejects", acknowledged.rejects().stream().map(EventRoutes::reject).toList());
    String receipt = acknowledged.receipt().token();
    if (receipt.length() <= LONGEST_HEADER) {
      exchange.header("Receipt", receipt);
    }
    exchange.json(200, body);
  }

  private static Map<String, Object> unknown(UnknownFields unknown) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("count", unknown.count());
    entry.put("names", unknown.names());
    entry.put("unnamed", unknown.unnamed());
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

  private static HttpProblem problem(IngestException e) {
    int status =
        switch (e.kind()) {
          case UNREADABLE_BODY, INCOMPLETE_BODY, UNUSABLE_KEY -> 400;
          case TOO_LARGE -> 413;
          case UNSUPPORTED_TYPE -> 415;
          case KEY_REUSED -> 422;
          case BUSY -> 429;
          case LOG_UNAVAILABLE, LOG_REFUSED, UNKNOWN_OUTCOME -> 503;
        };
    String code = e.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    HttpProblem problem = HttpProblem.of(status, code, e.getMessage());
    if (e.beginning().isPresent()) {
      problem = problem.withMember("appended", beginning(e.beginning().get()));
    }
    return e.retryAfterMillis() > 0
        ? problem.retryAfter((e.retryAfterMillis() + 999) / 1000)
        : problem;
  }

  private static Map<String, Object> beginning(IngestException.Beginning beginning) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("events", beginning.events());
    entry.put("receipt", beginning.receipt().token());
    return entry;
  }
}
