// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;

/**
 * Keeps a broker from ending the whole process on a fatal fault. Kafka has one exit procedure for
 * the process, so this is static too, and a fault counts for every embedded broker that runs.
 */
final class FatalFaults {
  private static final Set<EmbeddedBroker> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Exit.setExitProcedure(FatalFaults::raise);
    Exit.setHaltProcedure(FatalFaults::raise);
  }

  private FatalFaults() {}

  static void watch(EmbeddedBroker broker) {
    RUNNING.add(broker);
  }

  static void forget(EmbeddedBroker broker) {
    RUNNING.remove(broker);
  }

  /** Ends the calling thread's work, as the end of the process would have. */
  private static void raise(int status, String message) {
    String fault =
        "the embedded broker stopped with status "
            + status
            + (message == null ? ", its reason is in the log output" : ": " + message);
    RUNNING.forEach(broker -> broker.failed(fault));
    throw new IllegalStateException("Cannot go on: " + fault);
  }
}
