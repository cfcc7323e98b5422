// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Quarantined;
import org.anabranch.view.Rejection;
import org.anabranch.view.StaleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuarantineTest {
  @TempDir Path directory;
  private final Random random = new Random(9);
  private Lake lake;
  private Quarantine quarantine;
  private Lane first;
  private Lane second;

  @BeforeEach
  void open() throws IOException {
    lake = Lake.open(directory, new ManualClock(1), LakeLimits.DEFAULT);
    LakeStream stream = lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES));
    quarantine = stream.quarantine();
    first = stream.lanes().register("t", 0, 0, false);
    second = stream.lanes().register("t", 1, 0, false);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  private Quarantined event(Lane lane, long position) {
    byte[] bytes = new byte[random.nextInt(50)];
    random.nextBytes(bytes);
    return new Quarantined(
        lane,
        position,
        1_000 + position,
        bytes,
        "text/x",
        new Rejection("type", "", "w\u00e4r\nong"));
  }

  @Test
  void eventsComeBackWithTheirBytesAndCountsByCoverage() throws IOException {
    List<Quarantined> events = List.of(event(second, 3), event(first, 8), event(first, 2));
    Coverage one = Coverage.of(first, 0, 10).plus(Coverage.of(second, 0, 4));
    quarantine.append("a", one, events);
    quarantine.append("b", Coverage.of(first, 10, 20), List.of());
    assertTrue(quarantine.append("b", Coverage.of(first, 10, 20), List.of()).repeated());
    assertThrows(
        StaleException.class, () -> quarantine.append("c", Coverage.of(first, 10, 21), List.of()));
    close();
    open();
    Coverage all = one.plus(Coverage.of(first, 10, 20));
    assertEquals(all, quarantine.coverage());
    List<Quarantined> found = read(all);
    assertEquals(3, found.size());
    for (Quarantined event : events) {
      Quarantined same =
          found.stream()
              .filter(f -> f.lane().equals(event.lane()) && f.position() == event.position())
              .findFirst()
              .orElseThrow();
      assertArrayEquals(event.bytes(), same.bytes());
      assertEquals(event.rejection(), same.rejection());
      assertEquals(event.contentType(), same.contentType());
      assertEquals(event.appendedAt(), same.appendedAt());
    }
    assertEquals(3, quarantine.count(all));
    assertEquals(1, quarantine.count(Coverage.of(first, 3, 20)));
    assertEquals(1, read(Coverage.of(first, 0, 8)).size());
    try (Pin pin = quarantine.pin()) {
      assertEquals(all, pin.coverage());
      assertEquals(1, pin.files().size());
    }
  }

  private List<Quarantined> read(Coverage wanted) throws IOException {
    List<Quarantined> all = new ArrayList<>();
    try (Quarantine.EventsReader reader = quarantine.read(wanted)) {
      for (List<Quarantined> next = reader.next(); next != null; next = reader.next()) {
        all.addAll(next);
      }
    }
    return all;
  }
}
