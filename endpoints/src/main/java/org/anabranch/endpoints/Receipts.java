// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import org.anabranch.view.Receipt;

/** Receipts in headers. */
final class Receipts {
  /** A longer one, of more than a thousand lanes, is in the body only. */
  static final int LONGEST_HEADER = 8 << 10;

  private Receipts() {}

  static void header(Exchange exchange, Receipt receipt) {
    String token = receipt.token();
    if (token.length() <= LONGEST_HEADER) {
      exchange.header("Receipt", token);
    }
  }
}
