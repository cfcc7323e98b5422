// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

/** A value that cannot be computed: a failing cast, a division by zero, an overflow. */
public final class EvaluationException extends Exception {
  private static final long serialVersionUID = 1L;

  public EvaluationException(String message) {
    super(message, null, false, false);
  }
}
