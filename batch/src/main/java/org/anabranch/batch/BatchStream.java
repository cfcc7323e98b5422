// SPDX-License-Identifier: Apache-2.0
package org.anabranch.batch;

import java.io.IOException;
import java.util.List;
import org.anabranch.view.Coverage;
import org.anabranch.view.Fold;
import org.anabranch.view.History;
import org.anabranch.view.Publisher;
import org.anabranch.view.Segment;
import org.anabranch.view.SegmentStore;
import org.anabranch.view.TilingSource;

/** What the batch layer needs of a stream. */
public interface BatchStream extends Publisher {
  String name();

  /** The folds that answer now. */
  List<Fold> folds();

  /** The names of the views that a fold answers, for messages. */
  String viewsOf(Fold fold);

  /** Rolls the speed layer on every lane and holds the cut. */
  Cut cut();

  /** Asks for the lake to take soon what was appended. */
  void hurryLake();

  /** The master dataset. */
  History lake();

  /** About how many bytes of heap the state of one fold may take. */
  long stateBudget();

  /** Opens a durable segment; the caller closes it. */
  Segment open(SegmentStore.Entry entry) throws IOException;

  /** On which side of each held cut a coverage lies: equal lists may merge. */
  List<Boolean> sides(Coverage coverage);

  /** A cut through the stream's history, and what answers for all below it. */
  interface Cut extends AutoCloseable {
    TilingSource.Pinned pinned();

    /** Lets go of the cut. */
    @Override
    void close();
  }
}
