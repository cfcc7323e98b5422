// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Fields;

/** One request and its answer. */
final class Exchange {
  private final Request request;
  private final Response response;
  private final List<String> parameters;
  private final long bodyLimit;

  /**
   * @param parameters what stands in the path's variable places
   */
  Exchange(Request request, Response response, List<String> parameters, long bodyLimit) {
    this.request = request;
    this.response = response;
    this.parameters = List.copyOf(parameters);
    this.bodyLimit = bodyLimit;
  }

  String parameter(int index) {
    return parameters.get(index);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The query's parameters in order; a name that is given twice is a problem. */
  Map<String, String> query() throws HttpProblem {
    Map<String, String> values = new LinkedHashMap<>();
    for (Fields.Field field : parameters()) {
      if (field.getValues().size() > 1) {
        throw HttpProblem.badRequest(
            "query", "Cannot take parameter '" + field.getName() + "' more than once");
      }
      values.put(field.getName(), field.getValue());
    }
    return values;
  }

  private Fields parameters() throws HttpProblem {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      // What the server throws here differs by what is wrong with the text.
      throw HttpProblem.badRequest(
              "query", "Cannot read the parameters '" + request.getHttpURI().getQuery() + "'")
          .withHint("write % as %25 and other characters as %XX, the bytes of UTF-8");
    }
  }

  /** The whole body, which must be text. */
  String text() throws IOException, HttpProblem {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body())).toString();
    } catch (CharacterCodingException e) {
      throw HttpProblem.badRequest("body", "Cannot read the body: it is not UTF-8");
    }
  }

  /** The body as it comes, which its reader bounds. */
  InputStream stream() {
    // Not closed: that would fail the rest of a body that is refused, and its refusal with it.
    return Content.Source.asInputStream(request);
  }

  /** Refuses a body that says itself that it is too large. */
  void requireBodyWithinLimit() throws HttpProblem {
    if (request.getLength() > bodyLimit) {
      throw tooLarge();
    }
  }

  /** The whole body, as it was sent. */
  byte[] body() throws IOException, HttpProblem {
    requireBodyWithinLimit();
    // Not closed: that would fail the rest of a body that is refused, and its refusal with it.
    InputStream in = Content.Source.asInputStream(request);
    byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 16L, bodyLimit + 1));
    if (bytes.length > bodyLimit) {
      throw tooLarge();
    }
    return bytes;
  }

  private HttpProblem tooLarge() {
    return HttpProblem.of(
            413, "too-large", "Cannot take a body of more than " + bodyLimit + " bytes")
        .withHint("send the events in several requests");
  }

  void header(String name, String value) {
    response.getHeaders().put(name, value);
  }

  /** Starts an answer whose body the caller writes. */
  OutputStream start(int status, String contentType) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    return Content.Sink.asOutputStream(response);
  }

  void answer(int status, String contentType, byte[] body) throws IOException {
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    try (OutputStream out = start(status, contentType)) {
      if (!"HEAD".equals(request.getMethod())) {
        out.write(body);
      }
    }
  }

  void json(int status, Object value) throws IOException {
    answer(status, "application/json", Json.bytes(value));
  }

  void text(int status, String contentType, String text) throws IOException {
    answer(status, contentType, text.getBytes(StandardCharsets.UTF_8));
  }

  void problem(HttpProblem problem) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", org.eclipse.jetty.http.HttpStatus.getMessage(problem.status()));
    body.put("status", problem.status());
    body.put("detail", problem.getMessage());
    body.put("code", problem.code());
    problem.hint().ifPresent(hint -> body.put("hint", hint));
    body.putAll(problem.members());
    problem.allow().ifPresent(methods -> header("Allow", methods));
    problem.retryAfterSeconds().ifPresent(seconds -> header("Retry-After", Long.toString(seconds)));
    answer(problem.status(), "application/problem+json", Json.bytes(body));
  }

  boolean isCommitted() {
    return response.isCommitted();
  }
}
