// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;
import org.anabranch.view.ManualClock;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentFixtures;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.StaleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers with a lake of their own each, on one directory, as several processes would have. */
final class RacingWritersTest {
  private static final int ROUNDS = 6;
  private static final List<String> COLUMNS = Fixtures.ALL_TYPES.names();

  @TempDir Path directory;
  private final Random random = new Random(21);
  private final List<Lake> lakes = new ArrayList<>();
  private final List<LakeStream> streams = new ArrayList<>();
  private ExecutorService threads;

  private void open(int writers) throws IOException {
    threads = Executors.newFixedThreadPool(writers);
    for (int i = 0; i < writers; i++) {
      Lake lake = Lake.open(directory, new ManualClock(i), LakeLimits.DEFAULT);
      lakes.add(lake);
      streams.add(lake.stream(Fixtures.stream("s", Fixtures.ALL_TYPES)));
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.MINUTES);
    lakes.forEach(Lake::close);
  }

  /** Runs all at once and gives the indexes of those that did not lose. */
  private List<Integer> race(List<Callable<?>> attempts) throws Exception {
    CyclicBarrier start = new CyclicBarrier(attempts.size());
    List<Future<Boolean>> outcomes = new ArrayList<>();
    for (Callable<?> attempt : attempts) {
      outcomes.add(
          threads.submit(
              () -> {
                start.await();
                try {
                  attempt.call();
                  return true;
                } catch (StaleException e) {
                  return false;
                }
              }));
    }
    List<Integer> winners = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).get(1, TimeUnit.MINUTES)) {
        winners.add(i);
      }
    }
    return winners;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void exactlyOneOfOverlappingAppendsWins(int writers) throws Exception {
    open(writers);
    Lane lane = streams.get(0).lanes().register("t", 0, 0, false);
    Map<String, String> expected = new TreeMap<>();
    long end = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Callable<?>> attempts = new ArrayList<>();
      List<Rows> rows = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        Rows chunk = Fixtures.rows(Fixtures.ALL_TYPES, lane, end, end + 5 + i, random);
        ArchiveBatch batch = Fixtures.batch("c" + round + "-" + i, chunk);
        MasterDataset master = streams.get(i).master();
        rows.add(chunk);
        attempts.add(() -> master.append(batch));
      }
      List<Integer> winners = race(attempts);
      assertEquals(1, winners.size(), "winners " + winners);
      Fixtures.texts(rows.get(winners.get(0)), COLUMNS, expected);
      end = rows.get(winners.get(0)).range().to();
    }
    for (LakeStream stream : streams) {
      assertEquals(Coverage.of(lane, 0, end), stream.master().coverage());
      assertEquals(expected, Fixtures.read(stream.master(), Coverage.of(lane, 0, end), COLUMNS));
    }
  }

  @Test
  void appendsToDifferentLanesAndACompactionAllWin() throws Exception {
    open(4);
    Map<String, String> expected = new TreeMap<>();
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lanes.add(streams.get(i).lanes().register("t", i, 0, false));
    }
    for (int round = 0; round < 12; round++) {
      List<Callable<?>> attempts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Rows chunk =
            Fixtures.rows(Fixtures.ALL_TYPES, lanes.get(i), round * 4L, round * 4L + 4, random);
        ArchiveBatch batch = Fixtures.batch("c" + round + "-" + i, chunk);
        MasterDataset master = streams.get(i).master();
        Fixtures.texts(chunk, COLUMNS, expected);
        attempts.add(() -> master.append(batch));
      }
      attempts.add(() -> streams.get(3).maintenance(List::of).step());
      assertEquals(List.of(0, 1, 2, 3), race(attempts));
    }
    Coverage all = Coverage.EMPTY;
    for (Lane lane : lanes) {
      all = all.plus(Coverage.of(lane, 0, 48));
    }
    assertEquals(all, streams.get(3).master().coverage());
    assertEquals(expected, Fixtures.read(streams.get(3).master(), all, COLUMNS));
  }

  @Test
  void twoCompactionsOfTheSameFilesLoseNothing() throws Exception {
    open(2);
    Lane lane = streams.get(0).lanes().register("t", 0, 0, false);
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < 9; i++) {
      Rows chunk = Fixtures.rows(Fixtures.ALL_TYPES, lane, i * 5L, i * 5L + 5, random);
      Fixtures.texts(chunk, COLUMNS, expected);
      streams.get(0).master().append(Fixtures.batch("c" + i, chunk));
    }
    race(
        List.of(
            () -> streams.get(0).maintenance(List::of).step(),
            () -> streams.get(1).maintenance(List::of).step()));
    try (Pin pin = streams.get(0).master().pin()) {
      assertTrue(pin.files().size() <= 2, pin.files().toString());
    }
    assertEquals(
        expected, Fixtures.read(streams.get(1).master(), Coverage.of(lane, 0, 45), COLUMNS));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void exactlyOneOfOverlappingPublicationsWins(int writers) throws Exception {
    open(writers);
    Lane lane = new Lane("t", 0, 0);
    for (int round = 0; round < ROUNDS; round++) {
      List<Callable<?>> attempts = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        Segment segment =
            SegmentFixtures.segment(
                "f", Coverage.of(lane, round * 10L, round * 10L + 5 + i), 20, random);
        SegmentStore store = streams.get(i).segments();
        attempts.add(() -> store.publish(SegmentFixtures.add(segment)));
      }
      assertEquals(1, race(attempts).size());
      assertEquals(round + 1, streams.get(0).segments().manifest().version());
      assertEquals(round + 1, streams.get(0).segments().manifest().segments().size());
    }
  }

  @Test
  void exactlyOneOfTwoReplacementsAndOneOfTwoTextsWins() throws Exception {
    open(2);
    Lane lane = new Lane("t", 0, 0);
    String segment =
        streams
            .get(0)
            .segments()
            .publish(
                SegmentFixtures.add(
                    SegmentFixtures.segment("f", Coverage.of(lane, 0, 10), 5, random)))
            .segments()
            .get(0)
            .id();
    List<Callable<?>> replacements = new ArrayList<>();
    List<Callable<?>> texts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      SegmentStore store = streams.get(i).segments();
      Segment other = SegmentFixtures.segment("f", Coverage.of(lane, 0, 10 + i), 5, random);
      replacements.add(
          () -> store.publish(SegmentFixtures.replace(java.util.Set.of(segment), other)));
      Map<String, String> mine = Map.of("view", "writer " + i);
      texts.add(() -> store.publish(SegmentFixtures.texts(Map.of("view", ""), mine)));
    }
    assertEquals(1, race(replacements).size());
    assertEquals(1, streams.get(0).segments().manifest().segments().size());
    List<Integer> winners = race(texts);
    assertEquals(1, winners.size());
    assertEquals(
        Map.of("view", "writer " + winners.get(0)),
        streams.get(1).segments().manifest().properties());
  }
}
