// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anabranch.log.Appended;
import org.anabranch.log.StreamLog;
import org.anabranch.view.Clock;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;

/**
 * The requests with a key that are known of one stream, each piece of one under its own name. One
 * thread at a time works on a name.
 *
 * <p>What holds: below the frontier, no record of a known key is in the log that is not known here.
 * The frontier moves to where the log ended once, when every append that was open at that time is
 * known; one that began later is above. So what became of an append whose outcome is unknown is
 * found by reading the log from the frontier on.
 */
final class IdempotencyIndex {
  private static final int KEY_BYTES = 56;

  private final Map<String, KnownRequest> requests = new HashMap<>();
  private final Set<String> claimed = new HashSet<>();
  private final Set<OpenAppend> open = new HashSet<>();

  /** What is not written down yet. */
  private final Set<String> changed = new HashSet<>();

  private final IngestLimits limits;
  private final Clock clock;
  private SortedMap<Integer, Long> frontier = new TreeMap<>();
  private long bytes;

  IdempotencyIndex(IngestLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** An append that was begun. Compared by identity. */
  static final class OpenAppend {
    private final String key;
    private long failedAt;
    private boolean failed;

    private OpenAppend(String key) {
      this.key = key;
    }
  }

  /**
   * Waits until nobody works on the key, and takes it.
   *
   * @throws IngestException if the key belongs to another body, or others take too long
   */
  synchronized void claim(String key, BodyIdentity body)
      throws IngestException, InterruptedException {
    long deadline = clock.nanos() + limits.patience().repeatMillis() * 1_000_000;
    requireSame(key, body);
    requireWhole(key);
    while (claimed.contains(key)) {
      long left = (deadline - clock.nanos()) / 1_000_000;
      if (left <= 0) {
        throw IngestException.retry(
            IngestException.Kind.BUSY,
            "Cannot repeat the request with key '"
                + shown(key)
                + "': the first one is still under way after "
                + limits.patience().repeatMillis()
                + " ms",
            1_000,
            null);
      }
      wait(left);
      requireSame(key, body);
    }
    claimed.add(key);
    if (!requests.containsKey(key)) {
      put(key, new KnownRequest(body, 0));
    }
  }

  private void requireSame(String key, BodyIdentity body) throws IngestException {
    KnownRequest known = requests.get(key);
    if (known != null && !known.body().equals(body)) {
      throw new IngestException(
          IngestException.Kind.KEY_REUSED,
          "Cannot use key '"
              + shown(key)
              + "' again: it was used for another body"
              + difference(key, known.body(), body)
              + "; a new request needs a new key",
          null);
    }
  }

  /** Which of its events are history nobody knows, so that none can be appended again. */
  private void requireWhole(String key) throws IngestException {
    KnownRequest known = requests.get(key);
    if (known != null && known.left() > 0) {
      throw new IngestException(
          IngestException.Kind.PARTLY_LOST,
          "Cannot repeat the request with key '"
              + shown(key)
              + "': "
              + known.left()
              + " of "
              + known.body().events()
              + " events are in the lake, the others were lost with a part of the log, and which"
              + " they are is not known; look for what is missing and send that with a new key",
          null);
    }
  }

  /** The request's key, without the number of the piece. */
  private static String shown(String name) {
    int end = name.indexOf('\0');
    return end < 0 ? name : name.substring(0, end);
  }

  private static String difference(String name, BodyIdentity known, BodyIdentity now) {
    if (name.indexOf('\0') >= 0) {
      return ", which begins as this one does";
    }
    return known.events() == now.events()
        ? " of as many events"
        : " of " + known.events() + " events, this one has " + now.events();
  }

  /** Gives the key back; of a request of which nothing can be in the log nothing is kept. */
  synchronized void release(String key) {
    claimed.remove(key);
    KnownRequest request = requests.get(key);
    if (request != null && request.isEmpty() && unresolved(key).isEmpty()) {
      remove(key);
    }
    makeRoom();
    notifyAll();
  }

  /** Which events of a claimed request are not known to be in the log. */
  synchronized int[] missing(String key) {
    return requests.get(key).missing();
  }

  synchronized boolean isNew(String key) {
    return requests.get(key).isEmpty();
  }

  synchronized int rejected(String key) {
    return requests.get(key).rejected();
  }

  /** The partition that has the first event of a request. */
  synchronized int partition(String key) {
    return requests.get(key).partition();
  }

  synchronized Coverage coverage(String key, PartitionLanes lanes) {
    return requests.get(key).coverage(lanes);
  }

  synchronized OpenAppend begin(String key, int rejected) {
    requests.get(key).rejected(rejected);
    OpenAppend append = new OpenAppend(key);
    open.add(append);
    return append;
  }

  /** The log has taken the events of these indexes. */
  synchronized void appended(OpenAppend append, int[] indexes, Appended where) {
    KnownRequest request = requests.get(append.key);
    bytes -= request.bytes();
    for (int i = 0; i < indexes.length; i++) {
      long place = KnownRequest.place(where.partition(i));
      request.add(indexes[i], place, where.position(i), where.appendedAt(i));
    }
    bytes += request.bytes();
    changed.add(append.key);
    open.remove(append);
  }

  /** The log has certainly taken none of its events. */
  synchronized void nothingAppended(OpenAppend append) {
    open.remove(append);
  }

  /** Some of its events may be in the log. */
  synchronized void unknown(OpenAppend append) {
    append.failed = true;
    append.failedAt = clock.nanos();
  }

  /** The append of a key whose outcome is unknown. */
  synchronized Optional<OpenAppend> unresolved(String key) {
    return open.stream().filter(append -> append.failed && append.key.equals(key)).findFirst();
  }

  /** The appends of unknown outcome about which the log can be asked by now. */
  synchronized List<OpenAppend> settled() {
    long before = clock.nanos() - limits.keys().settleMillis() * 1_000_000;
    return open.stream().filter(append -> append.failed && append.failedAt - before <= 0).toList();
  }

  /** Takes in the keys of a part of the log. */
  void scan(StreamLog log, Lane lane, long place, long from, long to) {
    log.scan(
        lane,
        from,
        to,
        record ->
            IdempotencyMark.of(record)
                .ifPresent(mark -> observe(mark, place, record.position(), record.appendedAt())));
  }

  /** A record with a key is in the log. */
  private synchronized void observe(
      IdempotencyMark mark, long place, long position, long appendedAt) {
    KnownRequest request = requests.get(mark.name());
    if (request == null) {
      request = new KnownRequest(mark.body(), mark.rejected());
      put(mark.name(), request);
    }
    if (request.body().equals(mark.body())) {
      bytes -= request.bytes();
      request.add(mark.index(), place, position, appendedAt);
      bytes += request.bytes();
      changed.add(mark.name());
      makeRoom();
    }
  }

  /** The log was read to its end after these appends had failed. */
  synchronized void resolved(List<OpenAppend> appends) {
    for (OpenAppend append : appends) {
      open.remove(append);
      if (!claimed.contains(append.key)) {
        release(append.key);
      }
    }
  }

  synchronized Set<OpenAppend> open() {
    return new HashSet<>(open);
  }

  /** Whether any of these is still open. */
  synchronized boolean isOpen(Set<OpenAppend> appends) {
    return appends.stream().anyMatch(open::contains);
  }

  synchronized SortedMap<Integer, Long> frontier() {
    return frontier;
  }

  synchronized void frontier(SortedMap<Integer, Long> ends) {
    frontier = new TreeMap<>(ends);
  }

  synchronized int size() {
    return requests.size();
  }

  synchronized Map<String, KnownRequest.Saved> saved(PartitionLanes lanes) {
    return saved(requests.keySet(), lanes);
  }

  /** What changed since the last time that this was asked, or that all was. */
  synchronized Map<String, KnownRequest.Saved> changed(PartitionLanes lanes) {
    return saved(changed, lanes);
  }

  /** Says that what was saved is written down. */
  synchronized void written(Map<String, KnownRequest.Saved> saved) {
    saved.forEach(
        (name, request) -> {
          KnownRequest now = requests.get(name);
          if (now == null || now.events() == KnownRequest.of(request).events()) {
            changed.remove(name);
          }
        });
  }

  private Map<String, KnownRequest.Saved> saved(Set<String> names, PartitionLanes lanes) {
    Map<String, KnownRequest.Saved> saved = new TreeMap<>();
    for (String name : names) {
      KnownRequest request = requests.get(name);
      if (request != null && !request.isEmpty()) {
        saved.put(name, request.saved(lanes));
      }
    }
    return saved;
  }

  /** Takes what was written down, as it is. */
  synchronized void load(Map<String, KnownRequest.Saved> saved) {
    saved.forEach((key, request) -> put(key, KnownRequest.of(request)));
  }

  /**
   * Takes what was written down and is history.
   *
   * @return whether some of it is lost, and so not known any more as a whole
   */
  synchronized boolean load(Map<String, KnownRequest.Saved> saved, PartitionLanes lanes) {
    boolean lost = false;
    for (Map.Entry<String, KnownRequest.Saved> entry : saved.entrySet()) {
      KnownRequest request = KnownRequest.of(entry.getValue());
      request.settle(lanes);
      lost |= request.isEmpty() || request.left() > 0;
      if (!request.isEmpty()) {
        put(entry.getKey(), request);
      }
    }
    return lost;
  }

  synchronized void clear() {
    requests.clear();
    changed.clear();
    bytes = 0;
  }

  /** Forgets the keys whose time is over. */
  synchronized void forgetOld() {
    long before = clock.millis() - limits.keys().ageMillis();
    List<String> old =
        requests.entrySet().stream()
            .filter(entry -> entry.getValue().lastAppendedAt() < before && isIdle(entry.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(this::remove);
  }

  private boolean isIdle(String key) {
    return !claimed.contains(key) && unresolved(key).isEmpty();
  }

  /** Forgets the oldest keys, a tenth at a time, while there are too many. */
  private void makeRoom() {
    if (bytes <= limits.keys().bytes()) {
      return;
    }
    List<String> oldestFirst =
        requests.entrySet().stream()
            .filter(entry -> isIdle(entry.getKey()))
            .sorted(Comparator.comparingLong(entry -> entry.getValue().lastAppendedAt()))
            .map(Map.Entry::getKey)
            .toList();
    for (String key : oldestFirst) {
      if (bytes <= limits.keys().bytes() / 10 * 9) {
        return;
      }
      remove(key);
    }
  }

  private void put(String key, KnownRequest request) {
    requests.put(key, request);
    bytes += request.bytes() + key.length() + KEY_BYTES;
  }

  private void remove(String key) {
    KnownRequest removed = requests.remove(key);
    changed.remove(key);
    bytes -= removed.bytes() + key.length() + KEY_BYTES;
  }
}
