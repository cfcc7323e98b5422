// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.History;
import org.anabranch.view.HistoryContract;
import org.anabranch.view.Lane;
import org.anabranch.view.Schema;
import org.anabranch.view.StreamDefinition;
import org.anabranch.view.Type;
import org.junit.jupiter.api.Test;

/** The log is a history. */
class LogHistoryTest extends HistoryContract {
  private static final byte[] NO_EVENT = "{".getBytes(StandardCharsets.UTF_8);
  private final MemoryLog memory = new MemoryLog(Clock.SYSTEM);
  private static final AtomicInteger STREAMS = new AtomicInteger();

  Log log() {
    return memory;
  }

  @Override
  protected Object carried(Type type, Object value) {
    return Json.carried(type, value);
  }

  @Override
  protected History history(Schema schema, List<List<Object[]>> partitions) {
    StreamDefinition definition =
        new StreamDefinition(
            getClass().getSimpleName() + STREAMS.incrementAndGet(),
            schema,
            List.of(),
            Map.of("partitions", Integer.toString(partitions.size())),
            "");
    StreamLog stream = log().open(definition);
    for (int partition = 0; partition < partitions.size(); partition++) {
      List<Event> events = new ArrayList<>();
      for (Object[] row : partitions.get(partition)) {
        byte[] value = row == null ? NO_EVENT : Json.of(schema, row);
        events.add(new Event(value, null, partition, Map.of()));
      }
      stream.append(events).join();
    }
    return history(stream);
  }

  private static LogHistory history(StreamLog stream) {
    Map<Lane, List<LaneVersion>> lanes = new HashMap<>();
    for (int partition : stream.partitions()) {
      lanes.put(
          Streams.lane(stream, partition),
          List.of(new LaneVersion(0, stream.stream(), Streams.ACCEPT_ALL)));
    }
    return new LogHistory(
        stream, lanes, new ReadLimits(7, 4096, ReadLimits.DEFAULT.patience()), Clock.SYSTEM);
  }

  @Test
  void itGrowsWhenItIsRefreshedAndStartsWhereTheLogDoes() {
    StreamLog stream = log().open(Streams.stream("growing", 1));
    stream.append(List.of(Streams.event(1, 0), Streams.event(2, 0))).join();
    Lane lane = Streams.lane(stream, 0);
    LogHistory history = history(stream);
    assertEquals(Coverage.of(lane, 0, 2), history.coverage());
    stream.append(List.of(Streams.event(3, 0))).join();
    stream.trim(0, 1);
    assertEquals(Coverage.of(lane, 0, 2), history.coverage());
    history.refresh();
    assertEquals(Coverage.of(lane, 1, 3), history.coverage());
  }

  @Test
  void aColumnThatIsNotThereIsRefused() {
    StreamLog stream = log().open(Streams.stream("columns", 1));
    stream.append(List.of(Streams.event(1, 0))).join();
    LogHistory history = history(stream);
    assertThrows(
        IllegalArgumentException.class, () -> history.read(history.coverage(), List.of("other")));
  }
}
