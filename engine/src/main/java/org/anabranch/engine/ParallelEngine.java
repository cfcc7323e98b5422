// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.anabranch.view.Coverage;
import org.anabranch.view.Engine;
import org.anabranch.view.Evaluator;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.Lane;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.Range;
import org.anabranch.view.Schema;
import org.anabranch.view.Segment;
import org.anabranch.view.expression.Expression;

/**
 * Folds parts of a coverage side by side and merges their segments: the same bytes, since states do
 * not depend on order or segmentation. It pays where there are many more rows than groups; merging
 * costs about as much as folding a few rows a group.
 *
 * <p>The history is read by several threads, each with a reader of its own.
 */
public final class ParallelEngine implements Engine {
  private final Engine engine;
  private final ExecutorService executor;
  private final int parallelism;

  /**
   * @param engine folds the parts
   * @param executor runs them; it stays its owner's to shut down
   * @param parallelism into how many parts a coverage is cut
   */
  public ParallelEngine(Engine engine, ExecutorService executor, int parallelism) {
    if (parallelism < 1) {
      throw new IllegalArgumentException("Cannot fold in " + parallelism + " parts");
    }
    this.engine = engine;
    this.executor = executor;
    this.parallelism = parallelism;
  }

  @Override
  public LiveSegment open(Fold fold) {
    return engine.open(fold);
  }

  @Override
  public Evaluator evaluator(Expression expression, Schema schema) {
    return engine.evaluator(expression, schema);
  }

  @Override
  public Segment merge(Fold fold, List<Segment> segments) {
    return engine.merge(fold, segments);
  }

  @Override
  public Segment fold(Fold fold, History history, Coverage coverage) throws IOException {
    List<Coverage> parts = parts(coverage, parallelism);
    if (parts.size() < 2) {
      return engine.fold(fold, history, coverage);
    }
    List<Future<Segment>> folding = new ArrayList<>();
    for (Coverage part : parts) {
      folding.add(executor.submit(() -> engine.fold(fold, history, part)));
    }
    List<Segment> segments = new ArrayList<>();
    try {
      for (Future<Segment> part : folding) {
        segments.add(await(part));
      }
      return merge(fold, segments);
    } finally {
      folding.forEach(part -> part.cancel(true));
      segments.forEach(Segment::close);
    }
  }

  private static Segment await(Future<Segment> part) throws IOException {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot fold: interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException("Cannot fold: " + e.getCause(), e);
    }
  }

  /** Cuts a coverage into at most so many parts of about equally many positions. */
  static List<Coverage> parts(Coverage coverage, int count) {
    long size = Math.max(1, (coverage.positions() + count - 1) / count);
    List<Coverage> parts = new ArrayList<>();
    Coverage.Builder part = new Coverage.Builder();
    long room = size;
    for (Map.Entry<Lane, List<Range>> entry : coverage.ranges().entrySet()) {
      for (Range range : entry.getValue()) {
        for (long from = range.from(); from < range.to(); ) {
          long to = Math.min(range.to(), from + room);
          part.add(entry.getKey(), new Range(from, to));
          room -= to - from;
          from = to;
          if (room == 0) {
            parts.add(part.build());
            part = new Coverage.Builder();
            room = size;
          }
        }
      }
    }
    if (room < size) {
      parts.add(part.build());
    }
    return parts;
  }
}
