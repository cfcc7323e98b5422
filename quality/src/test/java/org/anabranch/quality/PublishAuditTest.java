// SPDX-License-Identifier: Apache-2.0
package org.anabranch.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.LaneLedger;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.RandomFolds;
import org.anabranch.view.RandomRows;
import org.anabranch.view.Rows;
import org.anabranch.view.Segment;
import org.anabranch.view.Standing;
import org.anabranch.view.StreamLedger;
import org.anabranch.view.Tally;
import org.anabranch.view.Tiling;
import org.anabranch.view.TilingSource;
import org.anabranch.view.Trials;
import org.anabranch.view.reference.ReferenceEngine;
import org.junit.jupiter.api.Test;

final class PublishAuditTest {
  private static final ReferenceEngine ENGINE = new ReferenceEngine();

  /** What answers: a random history in pieces, and an account of its rows. */
  private static final class Answering implements TilingSource.Pinned {
    final MemoryHistory history;
    final Fold fold;
    final List<Segment> pieces = new ArrayList<>();
    final long accepted;

    Answering(Random random) throws IOException {
      history = RandomRows.history(random, 120);
      fold = new RandomFolds(history.schema(), random).next();
      long rows = 0;
      for (Rows chunk : history.chunks(history.coverage())) {
        pieces.add(ENGINE.fold(fold, history, chunk.coverage()));
        rows += chunk.size();
      }
      accepted = rows;
    }

    Segment anew() throws IOException {
      return ENGINE.fold(fold, history, history.coverage());
    }

    Optional<String> objection(Segment folded) {
      return new PublishAudit(this, history.coverage()).objection(fold, folded);
    }

    @Override
    public Tiling tiling(Fold asked) {
      return Tiling.of(fold, history.coverage(), pieces);
    }

    @Override
    public Standing standing() {
      SortedMap<Lane, LaneLedger> lanes = new TreeMap<>();
      history
          .coverage()
          .ends()
          .forEach(
              (lane, end) ->
                  lanes.put(lane, new LaneLedger(end, lanes.isEmpty() ? accepted : 0, 0, 0, 0, 0)));
      return new Standing("s", history.coverage(), Coverage.EMPTY, new StreamLedger(lanes), 0);
    }

    @Override
    public void close() {}
  }

  /** A segment that differs from the one it was made of only in what is said here. */
  private record Altered(Segment honest, Tally tally, String digest) implements Segment {
    @Override
    public String fold() {
      return honest.fold();
    }

    @Override
    public Coverage coverage() {
      return honest.coverage();
    }

    @Override
    public long groups() {
      return honest.groups();
    }

    @Override
    public long bytes() {
      return honest.bytes();
    }

    @Override
    public long heapBytes() {
      return honest.heapBytes();
    }

    @Override
    public Groups scan(byte[] from, byte[] to) {
      return honest.scan(from, to);
    }

    @Override
    public ByteBuffer find(byte[] key) {
      return honest.find(key);
    }

    @Override
    public void close() {
      honest.close();
    }
  }

  @Test
  void whatWasFoldedAnewOverTheSameCoverageIsPublished() {
    Trials.run(
        20,
        random -> {
          Answering answering = new Answering(random);
          assertEquals(Optional.empty(), answering.objection(answering.anew()));
        });
  }

  @Test
  void otherStatesOverTheSameCoverageAreRefusedWithBothDigests() {
    Trials.run(
        20,
        random -> {
          Answering answering = new Answering(random);
          Segment anew = answering.anew();
          String other = new StringBuilder(anew.digest()).reverse().toString();
          String objection =
              answering.objection(new Altered(anew, anew.tally(), other)).orElseThrow();
          assertTrue(objection.contains("the layers disagree"), objection);
          assertTrue(objection.contains(anew.digest()), objection);
          assertTrue(objection.contains(other), objection);
        });
  }

  @Test
  void oneRowMoreOrLessThanWasAcceptedIsRefusedWithBothCounts() {
    Trials.run(
        20,
        random -> {
          Answering answering = new Answering(random);
          Segment anew = answering.anew();
          Tally one = new Tally(1, 0, 0, List.of());
          Tally more = anew.tally().merge(one);
          String objection =
              answering.objection(new Altered(anew, more, anew.digest())).orElseThrow();
          assertTrue(objection.contains("rows are not conserved"), objection);
          assertTrue(objection.contains(answering.accepted + " were accepted"), objection);
          assertTrue(objection.contains((answering.accepted + 1) + " are folded"), objection);
        });
  }

  @Test
  void aPieceOfHistoryIsComparedWithWhatItReplacesOnly() {
    Trials.run(
        20,
        random -> {
          Answering answering = new Answering(random);
          Segment piece = answering.pieces.get(random.nextInt(answering.pieces.size()));
          Segment anew = ENGINE.fold(answering.fold, answering.history, piece.coverage());
          assertEquals(Optional.empty(), answering.objection(anew));
          String objection =
              answering.objection(new Altered(anew, anew.tally(), "0")).orElseThrow();
          assertTrue(objection.contains(piece.coverage().toString()), objection);
        });
  }
}
