// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.view.Clock;

/** A process that appends and halts in the middle of it. */
final class HaltingWriter {
  static final String ACKNOWLEDGED = "acknowledged ";
  static final int STATUS = 42;
  private static final int BATCH = 50;

  private HaltingWriter() {}

  public static void main(String[] arguments) {
    EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), Durability.PROCESS);
    StreamLog stream = new KafkaLog(broker, Clock.SYSTEM).open(Streams.stream("s", 1));
    for (int first = 0; first < 40 * BATCH; first += BATCH) {
      List<Event> events = new ArrayList<>();
      for (int id = first; id < first + BATCH; id++) {
        events.add(Streams.event(id, 0));
      }
      stream.append(events).join();
      System.out.println(ACKNOWLEDGED + (first + BATCH));
    }
    var unused = stream.append(List.of(Streams.event(40 * BATCH, 0)));
    Runtime.getRuntime().halt(STATUS);
  }
}
