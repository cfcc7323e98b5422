// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.anabranch.view.Damage;

/** A request that is not answered as asked: what becomes a problem document (RFC 9457). */
final class HttpProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Optional<String> hint;
  private final transient OptionalLong retryAfterSeconds;
  private final transient Optional<String> allow;
  private final transient Map<String, Object> members = new LinkedHashMap<>();

  private HttpProblem(
      int status,
      String code,
      String detail,
      Optional<String> hint,
      OptionalLong retryAfterSeconds,
      Optional<String> allow) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.retryAfterSeconds = retryAfterSeconds;
    this.allow = allow;
  }

  static HttpProblem of(int status, String code, String detail) {
    return new HttpProblem(
        status, code, detail, Optional.empty(), OptionalLong.empty(), Optional.empty());
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
    return withAll(Optional.of(text), retryAfterSeconds, allow);
  }

  /** Facts for programs, beside what every problem has. */
  HttpProblem withMember(String name, Object value) {
    HttpProblem more = withAll(hint, retryAfterSeconds, allow);
    more.members.put(name, value);
    return more;
  }

  Map<String, Object> members() {
    return Collections.unmodifiableMap(members);
  }

  private HttpProblem withAll(
      Optional<String> advice, OptionalLong retrySeconds, Optional<String> methods) {
    HttpProblem more = new HttpProblem(status, code, getMessage(), advice, retrySeconds, methods);
    more.members.putAll(members);
    return more;
  }

  HttpProblem retryAfter(long seconds) {
    return withAll(hint, OptionalLong.of(Math.max(1, seconds)), allow);
  }

  HttpProblem allowing(String methods) {
    return withAll(hint, retryAfterSeconds, Optional.of(methods));
  }

  int status() {
    return status;
  }

  String code() {
    return code;
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
