// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** What clients of an embedded broker must know. Made anew at every start and never written. */
final class BrokerSecret {
  static final String MECHANISM = "PLAIN";

  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"anabranch\"";

  private final String password;

  private BrokerSecret(String password) {
    this.password = password;
  }

  static BrokerSecret make() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return new BrokerSecret(HexFormat.of().formatHex(random));
  }

  String serverLogin() {
    return "%s password=\"%s\" user_anabranch=\"%s\";".formatted(MODULE, password, password);
  }

  Map<String, String> clientProperties() {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        MECHANISM,
        "sasl.jaas.config",
        "%s password=\"%s\";".formatted(MODULE, password));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "BrokerSecret";
  }
}
