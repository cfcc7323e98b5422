// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

final class MemoryPublisherTest extends SegmentStoreContract {
  private final MemoryPublisher store = new MemoryPublisher();

  @Override
  protected SegmentStore store() {
    return store;
  }
}
