// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

/**
 * Work that is done in small steps by whoever schedules it: a layer owns no thread. A step does a
 * bounded amount of work and returns; it may throw, and its owner decides what a failure means.
 */
@FunctionalInterface
public interface Step {
  /**
   * @return how much was done in this step; 0 says that there was nothing to do, and the scheduler
   *     may wait a little before the next
   */
  int step() throws Exception;
}
