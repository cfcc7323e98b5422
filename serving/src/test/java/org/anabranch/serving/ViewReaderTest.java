// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.anabranch.serving.ServingException.Reason;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.ManualClock;
import org.anabranch.view.MemoryHistory;
import org.anabranch.view.RandomFolds;
import org.anabranch.view.RandomRows;
import org.anabranch.view.Receipt;
import org.anabranch.view.Schema;
import org.anabranch.view.Tiling;
import org.anabranch.view.TilingSource;
import org.anabranch.view.Trials;
import org.anabranch.view.Type;
import org.anabranch.view.View;
import org.anabranch.view.expression.Comparison;
import org.anabranch.view.expression.Conversions;
import org.anabranch.view.segment.KeyRange;
import org.anabranch.view.segment.Presenter;
import org.anabranch.view.segment.SegmentMerge;
import org.anabranch.view.segment.ShownGroup;
import org.junit.jupiter.api.Test;

class ViewReaderTest {
  private static final ReadLimits LIMITS = new ReadLimits(1000, 10 << 20, 4, 1000, 60_000);

  private final ManualClock clock = new ManualClock(1_000_000);

  @Test
  void readsEqualAllRowsFilteredAndSorted() {
    int[] compared = new int[2];
    Trials.run(
        300,
        random -> {
          MemoryHistory history = RandomRows.history(random, random.nextInt(60));
          Fold fold = new RandomFolds(RandomRows.SCHEMA, random).next();
          View view = TestViews.mixed(fold, random);
          FakeSource source = new FakeSource(history, random);
          List<ShownGroup> all = presented(view, source);
          if (all == null || view.outputs().isEmpty()) {
            return;
          }
          try (ViewReader reader = new ViewReader(LIMITS, clock)) {
            for (int i = 0; i < 5; i++) {
              ReadRequest request = request(view, all, random);
              List<ShownGroup> expected = expected(view.schema(), all, request);
              List<Object[]> read =
                  pages(reader, new ViewRelation(view, source, Optional.empty()), request, random);
              assertSameRows(expected, read, request.toString());
              compared[0]++;
              compared[1] += expected.isEmpty() ? 0 : 1;
            }
          }
          assertEquals(0, source.open());
        });
    System.out.println("Compared " + compared[0] + " reads, " + compared[1] + " of them with rows");
    assertTrue(compared[1] > 200, "too few reads had rows: " + compared[1]);
  }

  /** All rows by the walk over the whole tiling. */
  private static List<ShownGroup> presented(View view, FakeSource source) {
    try (TilingSource.Pinned pin = source.pin()) {
      Tiling tiling = pin.tiling(view.fold());
      return new Presenter(view).all(new SegmentMerge(view.fold()).scan(tiling, KeyRange.ALL));
    }
  }

  private static ReadRequest request(View view, List<ShownGroup> rows, Random random) {
    List<Filter> filters = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      filters.add(filter(view.schema(), rows, random));
    }
    List<Order> order = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      order.add(new Order(column(view.schema(), random), random.nextInt(3) == 0));
    }
    return ReadRequest.FIRST.where(filters).orderedBy(order).limitedTo(1 + random.nextInt(20));
  }

  private static String column(Schema schema, Random random) {
    String name = schema.names().get(random.nextInt(schema.size()));
    return random.nextBoolean() ? name : name.toUpperCase(java.util.Locale.ROOT);
  }

  private static Filter filter(Schema schema, List<ShownGroup> rows, Random random) {
    String column = column(schema, random);
    Filter.Test[] tests = Filter.Test.values();
    Filter.Test test = tests[random.nextInt(tests.length)];
    List<String> values = new ArrayList<>();
    int count =
        switch (test) {
          case IN -> random.nextInt(4);
          case IS_NULL, IS_NOT_NULL -> 0;
          default -> 1;
        };
    int index = schema.indexOf(column).orElseThrow();
    while (values.size() < count) {
      Object value = rows.isEmpty() ? null : rows.get(random.nextInt(rows.size())).values()[index];
      if (value == null) {
        return new Filter(column, Filter.Test.IS_NULL, List.of());
      }
      values.add(Conversions.toText(value, schema.column(index).type()));
    }
    return new Filter(column, test, values);
  }

  /** Written again, without the reader's classes. */
  private static List<ShownGroup> expected(Schema schema, List<ShownGroup> all, ReadRequest request)
      throws Exception {
    List<ShownGroup> kept = new ArrayList<>();
    for (ShownGroup row : all) {
      boolean holds = true;
      for (Filter filter : request.filters()) {
        holds &= holds(schema, row, filter);
      }
      if (holds) {
        kept.add(row);
      }
    }
    Comparator<ShownGroup> comparator = Comparator.comparing(row -> 0);
    for (Order order : request.order()) {
      int index = schema.indexOf(order.column()).orElseThrow();
      Type type = schema.column(index).type();
      Comparator<Object> values = (a, b) -> Comparison.compare(a, b, type);
      Comparator<ShownGroup> one =
          Comparator.comparing(row -> known(row, index), Comparator.nullsLast(values));
      comparator = comparator.thenComparing(order.descending() ? one.reversed() : one);
    }
    kept.sort(comparator);
    return kept;
  }

  private static Object known(ShownGroup row, int index) {
    return row.problem(index).isPresent() ? row.problem(index).get().known() : row.values()[index];
  }

  private static boolean holds(Schema schema, ShownGroup row, Filter filter) throws Exception {
    int index = schema.indexOf(filter.column()).orElseThrow();
    Type type = schema.column(index).type();
    Object value = known(row, index);
    if (value == null && row.problem(index).isPresent()) {
      return true;
    }
    if (filter.test() == Filter.Test.IS_NULL || filter.test() == Filter.Test.IS_NOT_NULL) {
      return (value == null) == (filter.test() == Filter.Test.IS_NULL);
    }
    boolean any = false;
    for (String text : filter.values()) {
      int order =
          value == null
              ? Integer.MIN_VALUE
              : Comparison.compare(value, Conversions.convert(text, Type.VARCHAR, type), type);
      any |=
          value != null
              && switch (filter.test()) {
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
                default -> order == 0;
              };
    }
    return any;
  }

  private static List<Object[]> pages(
      ViewReader reader, ViewRelation relation, ReadRequest first, Random random) {
    List<Object[]> rows = new ArrayList<>();
    ReadRequest request = first;
    while (true) {
      try (Answer answer = reader.read(relation, request)) {
        List<Object[]> page = TestViews.all(answer);
        assertTrue(page.size() <= request.limit());
        rows.addAll(page);
        if (answer.nextPage().isEmpty()) {
          return rows;
        }
        assertEquals(request.limit(), page.size());
        request = first.from(answer.nextPage()).limitedTo(1 + random.nextInt(20));
      }
    }
  }

  private static void assertSameRows(List<ShownGroup> expected, List<Object[]> read, String what) {
    assertEquals(expected.size(), read.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).values(), read.get(i), what + " row " + i);
    }
  }

  private final MemoryHistory flights = TestViews.flightRows(10, 10);
  private final FakeSource source = new FakeSource(flights, new Random(5));
  private final ViewRelation relation =
      new ViewRelation(TestViews.flights("flights"), source, Optional.empty());

  @Test
  void allPagesAreAtOneReceiptWhileTheSourceMovesOn() {
    for (List<Order> order : List.of(List.<Order>of(), List.of(new Order("delay", true)))) {
      try (ViewReader reader = new ViewReader(LIMITS, clock)) {
        ReadRequest request = ReadRequest.FIRST.orderedBy(order).limitedTo(30);
        int rows = 0;
        Receipt receipt = null;
        Optional<String> page = Optional.empty();
        do {
          try (Answer answer = reader.read(relation, request.from(page))) {
            receipt = receipt == null ? answer.receipt() : receipt;
            assertEquals(receipt, answer.receipt());
            rows += TestViews.all(answer).size();
            page = answer.nextPage();
          }
          flights.append(TestViews.LANE, TestViews.flight("X" + rows, 1L, 1L));
          source.advance();
          assertEquals(1, reader.cursors());
        } while (page.isPresent());
        assertTrue(rows >= 100);
        assertEquals(0, rows - receipt.coverages().get("random").positions());
      }
      assertEquals(0, source.open());
    }
  }

  @Test
  void pageTokensExpireByTimeAndByNumber() {
    try (ViewReader reader = new ViewReader(LIMITS, clock)) {
      List<String> tokens = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        tokens.add(token(reader));
      }
      assertEquals(4, reader.cursors());
      assertEquals(Reason.PAGE_EXPIRED, failure(reader, from(tokens.get(0))).reason());
      clock.advance(900);
      reader.read(relation, from(tokens.get(5))).close();
      clock.advance(900);
      reader.read(relation, from(tokens.get(5))).close();
      ServingException expired = failure(reader, from(tokens.get(4)));
      assertTrue(expired.getMessage().contains("start again"), expired.getMessage());
      clock.advance(5000);
      assertEquals(0, reader.cursors());
      assertEquals(0, source.open());
    }
  }

  private String token(ViewReader reader) {
    try (Answer answer = reader.read(relation, ReadRequest.FIRST.limitedTo(10))) {
      TestViews.all(answer);
      return answer.nextPage().orElseThrow();
    }
  }

  private static ReadRequest from(String token) {
    return ReadRequest.FIRST.limitedTo(10).from(Optional.of(token));
  }

  private ServingException failure(ViewReader reader, ReadRequest request) {
    return assertThrows(ServingException.class, () -> reader.read(relation, request).close());
  }

  @Test
  void aTokenOfAnotherQuestionOrNoTokenAtAllIsRefused() {
    try (ViewReader reader = new ViewReader(LIMITS, clock)) {
      String token = token(reader);
      ReadRequest other = from(token).where(List.of(Filter.equal("origin", "O1")));
      assertEquals(Reason.REFUSED, failure(reader, other).reason());
      for (String wrong : List.of("", ".", "x.y", "zz", token + ".00", "gone.0")) {
        Reason reason = failure(reader, from(wrong)).reason();
        assertTrue(reason == Reason.REFUSED || reason == Reason.PAGE_EXPIRED, wrong);
      }
    }
    assertEquals(0, source.open());
  }

  @Test
  void mistakesNameColumnValueAndType() {
    try (ViewReader reader = new ViewReader(LIMITS, clock)) {
      String column =
          failure(reader, ReadRequest.FIRST.where(List.of(Filter.equal("orign", "A"))))
              .getMessage();
      assertEquals("Cannot find column 'orign' in flights; did you mean 'origin'?", column);
      String value =
          failure(reader, ReadRequest.FIRST.where(List.of(Filter.equal("day", "soon"))))
              .getMessage();
      assertTrue(
          value.contains("day") && value.contains("'soon'") && value.contains("DATE"), value);
      failure(reader, ReadRequest.FIRST.orderedBy(List.of(new Order("nothing", false))));
      failure(reader, ReadRequest.FIRST.limitedTo(0));
      failure(reader, ReadRequest.FIRST.limitedTo(1001));
    }
    assertEquals(0, source.open());
  }

  @Test
  void sortingTooManyRowsIsALimit() {
    try (ViewReader reader = new ViewReader(new ReadLimits(1000, 9_900, 4, 1000, 60_000), clock)) {
      ReadRequest sorted = ReadRequest.FIRST.orderedBy(List.of(new Order("delay", false)));
      assertEquals(Reason.LIMIT, failure(reader, sorted).reason());
      ReadRequest keyed =
          ReadRequest.FIRST
              .where(List.of(Filter.equal("origin", "O3")))
              .orderedBy(List.of(new Order("day", false)));
      try (Answer answer = reader.read(relation, keyed)) {
        assertEquals(10, TestViews.all(answer).size());
      }
    }
    assertEquals(0, source.open());
  }

  @Test
  void allSortedRowsShareTheirRoom() {
    long most = 40_000;
    try (ViewReader reader = new ViewReader(new ReadLimits(1000, most, 4, 1000, 60_000), clock)) {
      ReadRequest sorted =
          ReadRequest.FIRST.orderedBy(List.of(new Order("delay", false))).limitedTo(10);
      try (Answer reading = reader.read(relation, sorted)) {
        ServingException busy = failure(reader, sorted);
        assertEquals(Reason.BUSY, busy.reason(), "what is read now keeps its room");
        assertTrue(busy.getMessage().contains(" " + most + " "), busy.getMessage());
        TestViews.all(reading);
        assertEquals(1, reader.cursors());
      }
      try (Answer next = reader.read(relation, sorted)) {
        assertEquals(0, reader.cursors(), "pages to come give way");
        assertEquals(10, TestViews.all(next).size());
      }
    }
    assertEquals(0, source.open());
  }

  @Test
  void anUnavailableViewSaysWhyAndAnAwaitedReceiptIsWaitedFor() {
    try (ViewReader reader = new ViewReader(LIMITS, clock)) {
      ViewRelation paused =
          new ViewRelation(relation.view(), source, Optional.of("its state is too large"));
      ServingException unavailable =
          assertThrows(ServingException.class, () -> reader.read(paused, ReadRequest.FIRST));
      assertEquals(Reason.UNAVAILABLE, unavailable.reason());
      assertTrue(unavailable.getMessage().endsWith("its state is too large"));
      Receipt ahead = Receipt.of("Random", Coverage.of(TestViews.LANE, 0, 101));
      ReadRequest waiting = ReadRequest.FIRST.waitingFor(Optional.of(ahead), 10);
      assertEquals(Reason.NOT_YET, failure(reader, waiting).reason());
      flights.append(TestViews.LANE, TestViews.flight("A", 1L, 7L));
      source.advance();
      try (Answer answer = reader.read(relation, waiting)) {
        assertEquals("A", answer.next()[0]);
      }
      Receipt other = Receipt.of("other", Coverage.EMPTY);
      assertEquals(
          Reason.REFUSED,
          failure(reader, ReadRequest.FIRST.waitingFor(Optional.of(other), 10)).reason());
    }
    assertEquals(0, source.open());
  }

  /** A clock that goes on by a millisecond whenever it is looked at. */
  private Clock ticking() {
    return new Clock() {
      @Override
      public long millis() {
        return clock.millis();
      }

      @Override
      public long nanos() {
        clock.advance(1);
        return clock.nanos();
      }
    };
  }

  @Test
  void aReadThatTakesTooLongIsEndedAndLetsGo() {
    FakeSource many = new FakeSource(TestViews.flightRows(60, 60), new Random(4));
    ViewRelation view = new ViewRelation(TestViews.flights("many"), many, Optional.empty());
    ReadRequest sorted =
        ReadRequest.FIRST.limitedTo(1000).orderedBy(List.of(new Order("delay", true)));
    ReadLimits limits = new ReadLimits(1000, 10 << 20, 4, 1000, 5);
    try (ViewReader reader = new ViewReader(limits, ticking())) {
      ServingException ended =
          assertThrows(ServingException.class, () -> reader.read(view, sorted).close());
      assertEquals(Reason.TIMEOUT, ended.reason());
      assertTrue(
          ended.getMessage().startsWith("Cannot read view many within 5 ms: "), ended.getMessage());
      // A page in order of key is there before, and so is one of few groups.
      ReadRequest first = ReadRequest.FIRST.limitedTo(1000);
      try (Answer answer = reader.read(view, first)) {
        assertEquals(1000, TestViews.all(answer).size());
      }
      ReadRequest key = sorted.where(List.of(Filter.equal("origin", "O7")));
      try (Answer answer = reader.read(view, key)) {
        assertEquals(60, TestViews.all(answer).size());
      }
    }
    assertEquals(0, many.open());
  }

  @Test
  void theLastRowsOfAPageAreInTimeTooOrItEnds() {
    FakeSource many = new FakeSource(TestViews.flightRows(60, 60), new Random(4));
    ViewRelation view = new ViewRelation(TestViews.flights("many"), many, Optional.empty());
    try (ViewReader reader = new ViewReader(new ReadLimits(5000, 10 << 20, 4, 1000, 5), ticking());
        Answer answer = reader.read(view, ReadRequest.FIRST.limitedTo(5000))) {
      ServingException ended = assertThrows(ServingException.class, () -> TestViews.all(answer));
      assertEquals(Reason.TIMEOUT, ended.reason());
    }
    assertEquals(0, many.open());
  }
}
