// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.expression;

/** An expression that cannot be given a type; the message says what to write instead. */
public final class TypeException extends Exception {
  private static final long serialVersionUID = 1L;

  public TypeException(String message) {
    super(message);
  }
}
