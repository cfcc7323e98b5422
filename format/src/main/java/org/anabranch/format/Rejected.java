// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import org.anabranch.view.Rejection;

/**
 * A rejection on its way out of a decoder. It has no stack trace: it is an outcome, not a fault.
 */
final class Rejected extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Rejection rejection;

  Rejected(String code, String column, String reason) {
    super(reason, null, false, false);
    this.rejection = new Rejection(code, column, reason);
  }

  Rejection rejection() {
    return rejection;
  }
}
