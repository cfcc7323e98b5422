// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.List;
import java.util.Random;

class MemoryHistoryTest extends HistoryContract {
  @Override
  protected History history(Schema schema, List<List<Object[]>> partitions) {
    MemoryHistory history = new MemoryHistory(schema, new Random(1), 7);
    for (int partition = 0; partition < partitions.size(); partition++) {
      Lane lane = new Lane("memory", 0, partition);
      partitions.get(partition).forEach(row -> history.append(lane, row));
    }
    return history;
  }
}
