// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.anabranch.view.Column;
import org.anabranch.view.DoubleVector;
import org.anabranch.view.Fold;
import org.anabranch.view.Lane;
import org.anabranch.view.LiveSegment;
import org.anabranch.view.LongVector;
import org.anabranch.view.Range;
import org.anabranch.view.Rows;
import org.anabranch.view.Schema;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentSpace;
import org.anabranch.view.TextVector;
import org.anabranch.view.Type;
import org.anabranch.view.Vector;
import org.anabranch.view.Window;
import org.anabranch.view.accumulator.Accumulators;
import org.anabranch.view.accumulator.Aggregate;
import org.anabranch.view.accumulator.AggregateFunction;
import org.anabranch.view.expression.Expression;
import org.anabranch.view.expression.Operator;
import org.anabranch.view.expression.TypeException;
import org.anabranch.view.expression.Typing;
import org.anabranch.view.segment.SegmentMerge;

/**
 * How fast rows in memory are folded, in millions a second, with the digest of the answer. Rows are
 * made before the clock starts; nothing is read or parsed.
 *
 * <pre>
 *   shape     keys                 groups     aggregates
 *   flights   origin x day         ~90,000    COUNT(*), AVG(delay), MAX(delay)
 *   V1        page x minute        ~240,000   COUNT(*), SUM(ms), MAX(ms), COUNT of status >= 500
 *   V2        user x hour          ~3.6 M     COUNT(*), SUM(ms), MIN(ms), MAX(ms)
 * </pre>
 *
 * Run: {@code java -Xmx6g -cp ... org.anabranch.engine.FoldBenchmark [shape] [rows] [threads]
 * [runs]}.
 */
public final class FoldBenchmark {
  private static final int CHUNK = 8192;
  private static final Lane LANE = new Lane("benchmark", 0, 0);
  private static final long DAY = 86_400_000;
  private static final long START = 978_307_200_000L;

  private FoldBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    String shape = arguments.length > 0 ? arguments[0] : "V1";
    int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3_000_000;
    int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
    int runs = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 6;
    Fold fold = shape.equals("flights") ? flights() : clicks(shape.equals("V1"));
    List<Rows> chunks = shape.equals("flights") ? flightRows(rows) : clickRows(rows);
    for (int run = 1; run <= runs; run++) {
      run(shape + " run " + run, fold, chunks, rows, threads);
    }
  }

  private static void run(String name, Fold fold, List<Rows> chunks, int rows, int threads)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    AtomicLong processor = new AtomicLong();
    List<LiveSegment> parts = fold(fold, chunks, threads, processor);
    long folded = System.nanoTime();
    long state = parts.stream().mapToLong(LiveSegment::stateBytes).sum();
    List<Segment> sealed = parts.stream().map(LiveSegment::seal).toList();
    Segment whole =
        sealed.size() == 1 ? sealed.get(0) : new SegmentMerge(fold).in(SegmentSpace.HEAP, sealed);
    long end = System.nanoTime();
    System.out.printf(
        Locale.ROOT,
        "%s: fold %.1f M rows/s, %.1f M per second of processor time, seal %d ms, %d groups, state %d MiB, digest %s%n",
        name,
        rows * 1e3 / (folded - begin),
        rows * 1e3 / processor.get(),
        (end - folded) / 1_000_000,
        whole.groups(),
        state >> 20,
        whole.digest().substring(0, 16));
  }

  private static List<LiveSegment> fold(
      Fold fold, List<Rows> chunks, int threads, AtomicLong processor)
      throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<LiveSegment>> parts = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int from = (int) ((long) chunks.size() * thread / threads);
      int to = (int) ((long) chunks.size() * (thread + 1) / threads);
      parts.add(executor.submit(() -> fold(fold, chunks.subList(from, to), processor)));
    }
    List<LiveSegment> done = new ArrayList<>();
    for (Future<LiveSegment> part : parts) {
      done.add(part.get());
    }
    executor.shutdown();
    return done;
  }

  private static LiveSegment fold(Fold fold, List<Rows> chunks, AtomicLong processor) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long begin = thread.getCurrentThreadCpuTime();
    LiveSegment live = new ColumnarEngine().open(fold);
    chunks.forEach(live::add);
    processor.addAndGet(thread.getCurrentThreadCpuTime() - begin);
    return live;
  }

  private static Fold flights() throws TypeException {
    Schema schema =
        Schema.of(
            Column.required("date", Type.TIMESTAMP),
            Column.required("origin", Type.VARCHAR),
            Column.nullable("delay", Type.INTEGER));
    Expression date = column(schema, 0);
    Expression delay = column(schema, 2);
    Window window = new Window(date, DAY, DAY, 0);
    Expression start = new Expression.ColumnReference(3, "window_start", Type.TIMESTAMP);
    return new Fold(
        "flights",
        schema,
        Optional.of(window),
        Optional.of(Typing.call(Operator.IS_NOT_NULL, List.of(delay))),
        List.of(column(schema, 1), start),
        List.of(
            aggregate(AggregateFunction.COUNT_ROWS),
            aggregate(AggregateFunction.AVG, delay),
            aggregate(AggregateFunction.MAX, delay)));
  }

  private static Fold clicks(boolean byPage) throws TypeException {
    Schema schema =
        Schema.of(
            Column.required("user_id", Type.BIGINT),
            Column.required("page", Type.VARCHAR),
            Column.required("country", Type.VARCHAR),
            Column.required("ms", Type.DOUBLE),
            Column.required("status", Type.INTEGER),
            Column.required("ts", Type.TIMESTAMP));
    Expression ms = column(schema, 3);
    long size = byPage ? 60_000 : 3_600_000;
    Window window = new Window(column(schema, 5), size, size, 0);
    Expression start = new Expression.ColumnReference(6, "window_start", Type.TIMESTAMP);
    return byPage
        ? new Fold(
            "clicks",
            schema,
            Optional.of(window),
            Optional.of(
                Typing.call(
                    Operator.NOT_EQUAL,
                    List.of(column(schema, 2), new Expression.Literal("ZZ", Type.VARCHAR)))),
            List.of(column(schema, 1), start),
            List.of(
                aggregate(AggregateFunction.COUNT_ROWS),
                aggregate(AggregateFunction.SUM, ms),
                aggregate(AggregateFunction.MAX, ms),
                failures(schema)))
        : new Fold(
            "clicks",
            schema,
            Optional.of(window),
            Optional.empty(),
            List.of(column(schema, 0), start),
            List.of(
                aggregate(AggregateFunction.COUNT_ROWS),
                aggregate(AggregateFunction.SUM, ms),
                aggregate(AggregateFunction.MIN, ms),
                aggregate(AggregateFunction.MAX, ms)));
  }

  private static Aggregate failures(Schema schema) throws TypeException {
    Expression condition =
        Typing.call(
            Operator.GREATER_OR_EQUAL,
            List.of(column(schema, 4), new Expression.Literal(500L, Type.INTEGER)));
    return new Aggregate(
        AggregateFunction.COUNT_ROWS, List.of(), 0, Optional.of(condition), Type.BIGINT);
  }

  private static Aggregate aggregate(AggregateFunction function, Expression... arguments)
      throws TypeException {
    List<Expression> all = List.of(arguments);
    Type type = Accumulators.typeOf(function, all.stream().map(Expression::type).toList());
    return new Aggregate(function, all, 0, Optional.empty(), type);
  }

  private static Expression column(Schema schema, int index) {
    Column column = schema.column(index);
    return new Expression.ColumnReference(index, column.name(), column.type());
  }

  private static List<Rows> flightRows(int rows) throws TypeException {
    SplittableRandom random = new SplittableRandom(2001);
    List<Rows> chunks = new ArrayList<>();
    for (int from = 0; from < rows; from += CHUNK) {
      int size = Math.min(CHUNK, rows - from);
      LongVector date = new LongVector(Type.TIMESTAMP, size);
      TextVector origin = new TextVector(size);
      LongVector delay = new LongVector(Type.INTEGER, size);
      for (int i = 0; i < size; i++) {
        long late = random.nextInt(6 * 3_600_000);
        date.appendLong(START + (long) ((from + i) * (365.0 * DAY / rows)) - late);
        origin.appendString(airport((int) (250 * square(random))));
        if (random.nextInt(50) == 0) {
          delay.appendNull();
        } else {
          delay.appendLong(random.nextInt(-20, 60));
        }
      }
      chunks.add(chunk(flights().schema(), from, size, List.of(date, origin, delay)));
    }
    return chunks;
  }

  private static double square(SplittableRandom random) {
    double share = random.nextDouble();
    return share * share;
  }

  private static String airport(int number) {
    return new Random(number)
        .ints(3, 'A', 'Z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static List<Rows> clickRows(int rows) throws TypeException {
    SplittableRandom random = new SplittableRandom(4);
    Schema schema = clicks(true).schema();
    List<Rows> chunks = new ArrayList<>();
    for (int from = 0; from < rows; from += CHUNK) {
      int size = Math.min(CHUNK, rows - from);
      LongVector user = new LongVector(Type.BIGINT, size);
      TextVector page = new TextVector(size);
      TextVector country = new TextVector(size);
      DoubleVector ms = new DoubleVector(size);
      LongVector status = new LongVector(Type.INTEGER, size);
      LongVector ts = new LongVector(Type.TIMESTAMP, size);
      for (int i = 0; i < size; i++) {
        user.appendLong(random.nextInt(1_000_000));
        page.appendString("/page/" + (int) Math.pow(1000, random.nextDouble()));
        int place = random.nextInt(50);
        country.appendString(
            place == 0 ? "ZZ" : "" + (char) ('A' + place / 26) + (char) ('A' + place % 26));
        ms.appendDouble(Math.round(random.nextDouble() * 100_000) / 100.0);
        status.appendLong(random.nextInt(20) == 0 ? 500 : 200);
        ts.appendLong(START + (from + i) * 4L * 3_600_000 / rows - random.nextInt(2000));
      }
      List<Vector> columns = List.of(user, page, country, ms, status, ts);
      chunks.add(chunk(schema, from, size, columns));
    }
    return chunks;
  }

  private static Rows chunk(Schema schema, int from, int size, List<Vector> columns) {
    long[] positions = new long[size];
    for (int i = 0; i < size; i++) {
      positions[i] = (long) from + i;
    }
    return new Rows(
        schema, LANE, new Range(from, from + size), positions, positions, columns, size);
  }
}
