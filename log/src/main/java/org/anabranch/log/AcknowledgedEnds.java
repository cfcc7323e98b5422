// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The acknowledged ends in a small mapped file: what was written there is in the hands of the
 * operating system at once, whatever becomes of the process. Its layout is in {@code
 * docs/format/acknowledged.md}.
 */
public final class AcknowledgedEnds implements Acknowledged {
  private static final byte[] HEADER =
      "anabranch acknowledged ends, version 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int PAGE = 4096;

  private final Path file;
  private final Optional<SharedFlush> flush;
  private final List<MappedByteBuffer> pages = new ArrayList<>();
  private final Map<Place, AcknowledgedSlot> slots = new ConcurrentHashMap<>();
  private int used = 1;

  private record Place(String topicId, int partition) {}

  private AcknowledgedEnds(Path file, Optional<Executor> flushing) {
    this.file = file;
    this.flush = flushing.map(executor -> new SharedFlush(this::force, executor));
  }

  /**
   * Opens the file, which is made where it does not exist; nothing is known then.
   *
   * @param flushing runs the flushes to the disk that make an end outlive a loss of power; empty if
   *     it need not
   * @throws LogUnavailableException if the file is damaged
   */
  public static AcknowledgedEnds open(Path file, Optional<Executor> flushing) throws IOException {
    AcknowledgedEnds ends = new AcknowledgedEnds(file, flushing);
    long size = Files.exists(file) ? Files.size(file) : 0;
    for (long at = 0; at < size; at += PAGE) {
      ends.addPage();
    }
    ends.load();
    return ends;
  }

  private synchronized void load() throws IOException {
    if (pages.isEmpty()) {
      addPage();
      pages.get(0).put(0, HEADER);
      return;
    }
    byte[] header = new byte[HEADER.length];
    pages.get(0).get(0, header);
    if (!Arrays.equals(header, HEADER) && !isBlank(header)) {
      throw damaged("it does not begin as version 1 of such a file does");
    }
    pages.get(0).put(0, HEADER);
    while (used < capacity() && load(slot(used))) {
      used++;
    }
  }

  /** A process that ended while it made the file leaves zeros. */
  private static boolean isBlank(byte[] bytes) {
    for (byte one : bytes) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean load(AcknowledgedSlot slot) {
    if (!slot.isTaken()) {
      return false;
    }
    if (!slot.isWhole()) {
      throw damaged("entry " + used + " fails its checksum");
    }
    slots.put(new Place(slot.topicId(), slot.partition()), slot);
    return true;
  }

  private LogUnavailableException damaged(String what) {
    return new LogUnavailableException(
        "Cannot tell how far events were acknowledged: file '"
            + file.getFileName()
            + "' of the data directory is damaged: "
            + what
            + ". Restore it from a copy, or remove it: the end of the log is then taken for true,"
            + " and a loss there is not noticed");
  }

  private int capacity() {
    return pages.size() * (PAGE / AcknowledgedSlot.BYTES);
  }

  private AcknowledgedSlot slot(int index) {
    int perPage = PAGE / AcknowledgedSlot.BYTES;
    ByteBuffer page = pages.get(index / perPage);
    return new AcknowledgedSlot(
        page.slice((index % perPage) * AcknowledgedSlot.BYTES, AcknowledgedSlot.BYTES));
  }

  /** Written before it is mapped: room that the disk does not have is missed here. */
  private void addPage() throws IOException {
    long at = (long) pages.size() * PAGE;
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() < at + PAGE) {
        long from = Math.max(channel.size(), at);
        channel.write(ByteBuffer.allocate((int) (at + PAGE - from)), from);
        channel.force(true);
      }
      pages.add(channel.map(FileChannel.MapMode.READ_WRITE, at, PAGE));
    }
  }

  @Override
  public long end(String topicId, int partition) {
    AcknowledgedSlot slot = slots.get(new Place(topicId, partition));
    return slot == null ? 0 : slot.end();
  }

  @Override
  public CompletableFuture<Void> keep(String topicId, Map<Integer, Long> ends) {
    try {
      for (Map.Entry<Integer, Long> entry : ends.entrySet()) {
        place(topicId, entry.getKey()).raise(entry.getValue());
      }
    } catch (IOException e) {
      return CompletableFuture.failedFuture(
          new LogUnavailableException(
              "Cannot remember what was acknowledged: " + e.getMessage(), e));
    }
    return flush.isEmpty() ? CompletableFuture.completedFuture(null) : flush.get().next();
  }

  @Override
  public void accept(String topicId, int partition, long end) {
    AcknowledgedSlot slot = slots.get(new Place(topicId, partition));
    if (slot != null) {
      slot.lower(end);
      force();
    }
  }

  private AcknowledgedSlot place(String topicId, int partition) throws IOException {
    Place place = new Place(topicId, partition);
    AcknowledgedSlot known = slots.get(place);
    return known == null ? taken(place) : known;
  }

  private synchronized AcknowledgedSlot taken(Place place) throws IOException {
    AcknowledgedSlot known = slots.get(place);
    if (known != null) {
      return known;
    }
    if (used == capacity()) {
      addPage();
    }
    AcknowledgedSlot slot = slot(used++);
    slot.take(place.topicId(), place.partition());
    slots.put(place, slot);
    return slot;
  }

  private synchronized void force() {
    pages.forEach(MappedByteBuffer::force);
  }
}
