// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which part of a stream's history something accounts for: for every lane a set of positions.
 *
 * <p>With {@code c(l)} the positions of lane {@code l}: {@code a.plus(b)(l) = a(l) + b(l)}, defined
 * only where the two share nothing, so that adding coverages can never hide a double count; {@code
 * a.minus(b)(l) = a(l) \ b(l)}. Ranges are half-open, kept sorted, and neighbours that meet are
 * one. Coverage is about the order of appending, never about event time. Immutable.
 */
public final class Coverage {
  public static final Coverage EMPTY = new Coverage(new TreeMap<>());

  private final SortedMap<Lane, List<Range>> ranges;

  private Coverage(SortedMap<Lane, List<Range>> ranges) {
    this.ranges = Collections.unmodifiableSortedMap(ranges);
  }

  public static Coverage of(Lane lane, long from, long to) {
    return new Builder().add(lane, new Range(from, to)).build();
  }

  /** From zero up to the given position on each lane. */
  public static Coverage upTo(Map<Lane, Long> ends) {
    Builder builder = new Builder();
    ends.forEach((lane, end) -> builder.add(lane, new Range(0, end)));
    return builder.build();
  }

  /** From one position up to another on each lane of {@code ends}; a lane without start is at 0. */
  public static Coverage between(Map<Lane, Long> starts, Map<Lane, Long> ends) {
    Builder builder = new Builder();
    ends.forEach(
        (lane, end) -> {
          long start = starts.getOrDefault(lane, 0L);
          if (start < end) {
            builder.add(lane, new Range(start, end));
          }
        });
    return builder.build();
  }

  public SortedMap<Lane, List<Range>> ranges() {
    return ranges;
  }

  public List<Range> ranges(Lane lane) {
    return ranges.getOrDefault(lane, List.of());
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** The number of positions, which is at least the number of events. */
  public long positions() {
    return ranges.values().stream().flatMap(List::stream).mapToLong(Range::length).sum();
  }

  /** One past the last covered position of a lane, 0 where nothing is covered. */
  public long end(Lane lane) {
    List<Range> all = ranges(lane);
    return all.isEmpty() ? 0 : all.get(all.size() - 1).to();
  }

  /** One past the last covered position of every lane. */
  public SortedMap<Lane, Long> ends() {
    SortedMap<Lane, Long> ends = new TreeMap<>();
    ranges.keySet().forEach(lane -> ends.put(lane, end(lane)));
    return ends;
  }

  public boolean contains(Lane lane, long position) {
    return ranges(lane).stream().anyMatch(range -> range.contains(position));
  }

  public boolean containsAll(Coverage other) {
    return other.minus(this).isEmpty();
  }

  public boolean overlaps(Coverage other) {
    return !intersect(other).isEmpty();
  }

  /**
   * The union of two disjoint coverages.
   *
   * @throws OverlapException where they share a position
   */
  public Coverage plus(Coverage other) {
    Coverage shared = intersect(other);
    if (!shared.isEmpty()) {
      throw OverlapException.of(shared);
    }
    return union(other);
  }

  /** The union, whether disjoint or not: for questions about coverage, never for adding state. */
  public Coverage union(Coverage other) {
    Builder builder = new Builder();
    ranges.forEach((lane, list) -> list.forEach(range -> builder.add(lane, range)));
    other.ranges.forEach((lane, list) -> list.forEach(range -> builder.add(lane, range)));
    return builder.build();
  }

  public Coverage intersect(Coverage other) {
    Builder builder = new Builder();
    ranges.forEach(
        (lane, list) -> {
          for (Range mine : list) {
            for (Range theirs : other.ranges(lane)) {
              long from = Math.max(mine.from(), theirs.from());
              long to = Math.min(mine.to(), theirs.to());
              if (from < to) {
                builder.add(lane, new Range(from, to));
              }
            }
          }
        });
    return builder.build();
  }

  public Coverage minus(Coverage other) {
    Builder builder = new Builder();
    ranges.forEach(
        (lane, list) -> {
          for (Range mine : list) {
            long from = mine.from();
            for (Range theirs : other.ranges(lane)) {
              if (theirs.from() > from) {
                builder.add(
                    lane, new Range(from, Math.min(mine.to(), Math.max(from, theirs.from()))));
              }
              from = Math.max(from, theirs.to());
              if (from >= mine.to()) {
                break;
              }
            }
            if (from < mine.to()) {
              builder.add(lane, new Range(from, mine.to()));
            }
          }
        });
    return builder.build();
  }

  /** The first hole of this coverage above the given lane starts, if any. */
  public Optional<Hole> firstHole(Map<Lane, Long> starts) {
    for (Map.Entry<Lane, List<Range>> entry : ranges.entrySet()) {
      long expected = starts.getOrDefault(entry.getKey(), 0L);
      for (Range range : entry.getValue()) {
        if (range.from() > expected) {
          return Optional.of(new Hole(entry.getKey(), new Range(expected, range.from())));
        }
        expected = Math.max(expected, range.to());
      }
    }
    return Optional.empty();
  }

  /** Positions of a lane that nothing accounts for. */
  public record Hole(Lane lane, Range range) {}

  /** Reads what {@link #toString} wrote. */
  public static Coverage parse(String text) {
    Builder builder = new Builder();
    for (String part : text.isEmpty() ? new String[0] : text.split(";", -1)) {
      int colon = part.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException(
            "Cannot read coverage '" + text + "': no ':' in " + part);
      }
      Lane lane = Lane.parse(part.substring(0, colon));
      for (String range : part.substring(colon + 1).split(",", -1)) {
        int dash = range.indexOf('-');
        if (dash < 0) {
          throw new IllegalArgumentException(
              "Cannot read coverage '" + text + "': no '-' in " + range);
        }
        builder.add(
            lane,
            new Range(
                Long.parseLong(range.substring(0, dash)),
                Long.parseLong(range.substring(dash + 1))));
      }
    }
    return builder.build();
  }

  /** {@code lane:from-to,from-to;lane:from-to}: one text for one coverage. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    ranges.forEach(
        (lane, list) -> {
          text.append(text.length() == 0 ? "" : ";").append(lane).append(':');
          for (int i = 0; i < list.size(); i++) {
            text.append(i == 0 ? "" : ",");
            text.append(list.get(i).from()).append('-').append(list.get(i).to());
          }
        });
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Coverage coverage && ranges.equals(coverage.ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  /** Collects ranges in any order; overlapping and meeting ranges become one. */
  public static final class Builder {
    private final SortedMap<Lane, List<Range>> collected = new TreeMap<>();

    public Builder add(Lane lane, Range range) {
      if (!range.isEmpty()) {
        collected.computeIfAbsent(lane, ignored -> new ArrayList<>()).add(range);
      }
      return this;
    }

    public Coverage build() {
      SortedMap<Lane, List<Range>> normal = new TreeMap<>();
      collected.forEach((lane, list) -> normal.put(lane, joined(list)));
      return new Coverage(normal);
    }

    private static List<Range> joined(List<Range> list) {
      List<Range> sorted = new ArrayList<>(list);
      sorted.sort(Comparator.comparingLong(Range::from).thenComparingLong(Range::to));
      List<Range> joined = new ArrayList<>();
      for (Range range : sorted) {
        int last = joined.size() - 1;
        if (last >= 0 && range.from() <= joined.get(last).to()) {
          Range before = joined.get(last);
          joined.set(last, new Range(before.from(), Math.max(before.to(), range.to())));
        } else {
          joined.add(range);
        }
      }
      return List.copyOf(joined);
    }
  }
}
