// SPDX-License-Identifier: Apache-2.0
package org.anabranch.sql;

/** A part of a statement that cannot be read on; whoever knows where to go on reports it. */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Span span;
  private final String hint;

  SyntaxException(Span span, String message, String hint) {
    super(message, null, false, false);
    this.span = span;
    this.hint = hint;
  }

  SyntaxException(Span span, String message) {
    this(span, message, "");
  }

  Span span() {
    return span;
  }

  String hint() {
    return hint;
  }
}
