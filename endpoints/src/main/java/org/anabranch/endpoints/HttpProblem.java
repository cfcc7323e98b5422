// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.anabranch.view.Damage;
import org.eclipse.jetty.http.HttpStatus;

/** A request that is not answered as asked: what becomes a problem document (RFC 9457). */
final class HttpProblem extends Exception {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final boolean endsConnection;
  private final transient Optional<String> hint;
  private final transient OptionalLong retryAfterSeconds;
  private final transient Optional<String> allow;
  private final transient Map<String, Object> members = new LinkedHashMap<>();

  private HttpProblem(
      int status,
      String code,
      String detail,
      boolean endsConnection,
      Optional<String> hint,
      OptionalLong retryAfterSeconds,
      Optional<String> allow) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.endsConnection = endsConnection;
    this.hint = hint;
    this.retryAfterSeconds = retryAfterSeconds;
    this.allow = allow;
  }

  static HttpProblem of(int status, String code, String detail) {
    return new HttpProblem(
        status, code, detail, false, Optional.empty(), OptionalLong.empty(), Optional.empty());
  }

  static HttpProblem badRequest(String code, String detail) {
    return of(400, code, detail);
  }

  static HttpProblem notFound(String detail) {
    return of(404, "not-found", detail);
  }

  /** What is asked for lies in bytes that are damaged: neither asking again nor otherwise helps. */
  static HttpProblem damaged(Damage damage) {
    return of(500, "damaged", "Cannot read " + damage.place() + ": " + damage.fault())
        .withHint(damage.remedy());
  }

  HttpProblem withHint(String text) {
    return withAll(endsConnection, Optional.of(text), retryAfterSeconds, allow);
  }

  /** Facts for programs, beside what every problem has. */
  HttpProblem withMember(String name, Object value) {
    HttpProblem more = withAll(endsConnection, hint, retryAfterSeconds, allow);
    more.members.put(name, value);
    return more;
  }

  private HttpProblem withAll(
      boolean ends, Optional<String> advice, OptionalLong retry, Optional<String> methods) {
    HttpProblem more = new HttpProblem(status, code, getMessage(), ends, advice, retry, methods);
    more.members.putAll(members);
    return more;
  }

  HttpProblem retryAfter(long seconds) {
    return withAll(endsConnection, hint, OptionalLong.of(Math.max(1, seconds)), allow);
  }

  HttpProblem allowing(String methods) {
    return withAll(endsConnection, hint, retryAfterSeconds, Optional.of(methods));
  }

  /** Of a request whose end is not known: nothing can follow it on its connection. */
  HttpProblem endingConnection() {
    return withAll(true, hint, retryAfterSeconds, allow);
  }

  /** What is written. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "about:blank");
    document.put("title", HttpStatus.getMessage(status));
    document.put("status", status);
    document.put("detail", getMessage());
    document.put("code", code);
    hint.ifPresent(text -> document.put("hint", text));
    document.putAll(members);
    return document;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  boolean endsConnection() {
    return endsConnection;
  }

  Optional<String> hint() {
    return hint;
  }

  OptionalLong retryAfterSeconds() {
    return retryAfterSeconds;
  }

  Optional<String> allow() {
    return allow;
  }
}
