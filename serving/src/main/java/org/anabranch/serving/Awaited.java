// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.anabranch.view.Coverage;
import org.anabranch.view.Receipt;

/** What a statement reads, on its way to a receipt. Nothing is held meanwhile. */
public final class Awaited {
  private final Receipt receipt;
  private final List<ViewRelation> views = new ArrayList<>();
  private final List<Files> files = new ArrayList<>();

  Awaited(Receipt receipt, Collection<Relation> relations) {
    this.receipt = receipt;
    List<String> streams = new ArrayList<>();
    for (Relation relation : relations) {
      if (relation instanceof ViewRelation view) {
        views.add(view);
        streams.add(stream(view));
      } else {
        Files one = new Files((FileRelation) relation);
        one.isReached();
        files.add(one);
        streams.add(one.stream);
      }
    }
    Waiting.checkConcerns(receipt, streams);
  }

  private static String stream(ViewRelation view) {
    return view.view().fold().stream();
  }

  /** Whether all of it accounts for the receipt. One thread asks at a time. */
  public boolean isReached() {
    return views.stream().allMatch(view -> Waiting.isReached(view.source(), stream(view), receipt))
        && files.stream().allMatch(Files::isReached);
  }

  /** Waits for it. */
  void await(Deadline deadline) {
    views.forEach(
        view -> Waiting.await(view.source(), stream(view), receipt, deadline.leftMillis()));
    files.forEach(one -> one.await(deadline));
  }

  /** Files are looked at again only when there are others. */
  private final class Files {
    private final FileRelation relation;
    private long seen = -1;
    private String stream;
    private Optional<Coverage> wanted;
    private boolean reached;

    Files(FileRelation relation) {
      this.relation = relation;
    }

    boolean isReached() {
      long now = relation.changed().count();
      if (reached || now == seen) {
        return reached;
      }
      seen = now;
      try (FilePin pin = relation.pin().get()) {
        stream = pin.standing().stream();
        wanted = Waiting.of(receipt, stream);
        reached = wanted.isEmpty() || pin.standing().frontier().containsAll(wanted.get());
      }
      return reached;
    }

    void await(Deadline deadline) {
      while (!isReached()) {
        try {
          if (!relation.changed().awaitAfter(seen, deadline)) {
            throw Waiting.late(stream, wanted.orElseThrow(), deadline.limitMillis());
          }
        } catch (InterruptedException e) {
          throw Waiting.interrupted(stream, e);
        }
      }
    }
  }
}
