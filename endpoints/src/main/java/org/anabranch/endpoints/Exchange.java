// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * One request, whose body has arrived, and its answer, which is sent when it is whole. An action
 * either answers or says when it goes on.
 */
final class Exchange {
  private final Request request;
  private final List<String> parameters;
  private final Spool body;
  private final SpoolSpace space;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Reply reply;
  private Later later;

  /**
   * @param parameters what stands in the path's variable places
   * @param body all of it
   * @param space where a large answer is put
   */
  Exchange(Request request, List<String> parameters, Spool body, SpoolSpace space) {
    this.request = request;
    this.parameters = List.copyOf(parameters);
    this.body = body;
    this.space = space;
  }

  /** What remains to be done, and when; no thread waits for it. */
  record Later(CompletionStage<?> condition, Route.Action action) {}

  /** Which request it is, for the log. */
  String place() {
    return place(request);
  }

  static String place(Request request) {
    return request.getMethod() + " " + request.getHttpURI().getPath();
  }

  String parameter(int index) {
    return parameters.get(index);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** A header that may be there once: of two, one would not be heard. */
  Optional<String> onlyHeader(String name) throws HttpProblem {
    List<String> values = request.getHeaders().getValuesList(name);
    if (values.size() > 1) {
      throw HttpProblem.badRequest(
          "header", "Cannot take the header " + name + " " + values.size() + " times");
    }
    return values.stream().findFirst();
  }

  /** The query's parameters in order; a name that is given twice is a problem. */
  Map<String, String> query() throws HttpProblem {
    return query(request);
  }

  static Map<String, String> query(Request request) throws HttpProblem {
    Map<String, String> values = new LinkedHashMap<>();
    for (Fields.Field field : fields(request)) {
      if (field.getValues().size() > 1) {
        throw HttpProblem.badRequest(
            "query", "Cannot take parameter '" + field.getName() + "' more than once");
      }
      values.put(field.getName(), field.getValue());
    }
    return values;
  }

  private static Fields fields(Request request) throws HttpProblem {
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

  /** The whole body, as it was sent. */
  byte[] body() throws IOException {
    return input().readNBytes(Math.toIntExact(bodyBytes()));
  }

  /** The body from its start. All of it is there: reading never waits for the client. */
  InputStream input() {
    return body.input();
  }

  long bodyBytes() {
    return body.size();
  }

  /** Does something if the client goes away, until that is closed; the body must be there. */
  ClientWatch whenGone(Runnable action) {
    return ClientWatch.of(request, action);
  }

  /** Room for an answer that may be large; to be answered with or closed. */
  Spool spool(long limit) {
    return new Spool(space, limit);
  }

  void header(String name, String value) {
    headers.put(name, value);
  }

  void answer(int status, String contentType, Spool content) {
    reply = Reply.of(status, contentType, headers, content);
  }

  void json(int status, Object value) throws IOException {
    reply = Reply.of(status, "application/json", headers, Json.bytes(value));
  }

  void text(int status, String contentType, String text) {
    reply = Reply.of(status, contentType, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  /** What to say instead if the answer turns out not to be sendable. */
  void otherwise(HttpProblem problem) {
    reply = reply.or(problem);
  }

  /** Goes on with another action when something has happened, however it ended. */
  void continueWhen(CompletionStage<?> condition, Route.Action action) {
    later = new Later(condition, action);
  }

  /** Takes what is left to do, if anything is. */
  Optional<Later> takeLater() {
    Optional<Later> left = Optional.ofNullable(later);
    later = null;
    return left;
  }

  Reply reply() {
    if (reply == null) {
      throw new IllegalStateException("Cannot send an answer: the action made none");
    }
    return reply;
  }
}
