// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.ArrayList;
import java.util.List;

/** A topic of the log in memory. */
final class MemoryTopic {
  private final String name;
  private final String id;
  private final List<MemoryPartition> partitions = new ArrayList<>();

  MemoryTopic(String name, String id, int partitions) {
    this.name = name;
    this.id = id;
    grow(partitions);
  }

  String name() {
    return name;
  }

  String id() {
    return id;
  }

  int partitions() {
    return partitions.size();
  }

  MemoryPartition partition(int number) {
    return partitions.get(number);
  }

  void grow(int to) {
    while (partitions.size() < to) {
      partitions.add(new MemoryPartition());
    }
  }
}
