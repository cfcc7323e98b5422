// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving.process;

/**
 * What one query process may take.
 *
 * @param heapMegabytes of the Java heap
 * @param megabytes in all; a process that is seen with more is killed
 */
public record ProcessLimits(int heapMegabytes, int megabytes) {
  /**
   * What the system itself holds it to, in kilobytes of data. Stacks and heaps are counted there as
   * soon as they are mapped, so that it lies above the limit proper, and holds in between two
   * looks.
   */
  long dataKilobytes() {
    return (megabytes + 1024L) * 1024;
  }
}
