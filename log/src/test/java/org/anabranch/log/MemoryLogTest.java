// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.anabranch.view.Clock;
import org.anabranch.view.Lane;
import org.anabranch.view.Range;
import org.junit.jupiter.api.Test;

/** The log in memory is a log, and does as it is told. */
final class MemoryLogTest extends LogContract {
  private final MemoryLog memory = new MemoryLog(Clock.SYSTEM);

  @Override
  Log open() {
    return memory;
  }

  private StreamLog threeEvents() {
    StreamLog stream = memory.open(Streams.stream("s", 1));
    stream.append(List.of(Streams.event(1, 0), Streams.event(2, 0), Streams.event(3, 0))).join();
    return stream;
  }

  @Test
  void markersTakePositionsWithoutRecords() {
    StreamLog stream = threeEvents();
    memory.mark("s", 0);
    stream.append(List.of(Streams.event(4, 0))).join();
    List<Long> positions = new ArrayList<>();
    stream.scan(Streams.lane(stream, 0), 0, 5, r -> positions.add(r.position()));
    assertEquals(List.of(0L, 1L, 2L, 4L), positions);
  }

  @Test
  void aTruncatedTailIsRecognisedEvenAfterTheLogGrewAgain() {
    StreamLog stream = threeEvents();
    Lane lane = Streams.lane(stream, 0);
    LaneReader reader = stream.reader(lane, 0, -1, ReadLimits.DEFAULT);
    assertEquals(new Range(0, 3), reader.read(3, r -> {}));
    int epoch = reader.leaderEpoch();
    memory.truncate("s", 0, 1);
    stream.append(List.of(Streams.event(7, 0), Streams.event(8, 0), Streams.event(9, 0))).join();
    LostTailException lost =
        assertThrows(
            LostTailException.class, () -> stream.reader(lane, 3, epoch, ReadLimits.DEFAULT));
    assertEquals(1, lost.end());
    assertThrows(LostTailException.class, () -> reader.read(4, r -> {}));
  }

  @Test
  void aRecreatedOrDeletedTopicIsRefused() {
    StreamLog stream = threeEvents();
    memory.recreate("s");
    assertThrows(TopicRecreatedException.class, stream::ends);
    CompletionException failed =
        assertThrows(
            CompletionException.class, () -> stream.append(List.of(Streams.event(4, 0))).join());
    assertInstanceOf(TopicRecreatedException.class, failed.getCause());
    memory.delete("s");
    assertThrows(TopicDeletedException.class, stream::ends);
  }

  @Test
  void anAppendWithoutAcknowledgementMayHaveHappened() {
    StreamLog stream = threeEvents();
    memory.setAcknowledges(false);
    CompletionException failed =
        assertThrows(
            CompletionException.class, () -> stream.append(List.of(Streams.event(4, 0))).join());
    assertInstanceOf(UnknownOutcomeException.class, failed.getCause());
    assertEquals(4, stream.end(0));
  }

  @Test
  void anUnreachableLogIsUnavailable() {
    StreamLog stream = threeEvents();
    memory.setReachable(false);
    assertThrows(LogUnavailableException.class, stream::ends);
    memory.setReachable(true);
    assertEquals(3, stream.end(0));
  }
}
