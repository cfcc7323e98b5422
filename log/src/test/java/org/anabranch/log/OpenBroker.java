// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.file.Path;

/** A broker that takes everybody, in the place of somebody else's cluster. */
final class OpenBroker {
  private OpenBroker() {}

  static EmbeddedBroker start(Path directory, Durability durability) {
    return EmbeddedBroker.start(
        directory,
        durability,
        () -> Long.MAX_VALUE,
        settings -> {
          settings.replaceAll(
              (name, value) ->
                  value.toString().replace("CLIENTS:SASL_PLAINTEXT", "CLIENTS:PLAINTEXT"));
          return settings;
        });
  }
}
