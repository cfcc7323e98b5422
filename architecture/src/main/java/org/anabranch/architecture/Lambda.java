// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

/**
 * Batch layer, speed layer, serving layer.
 *
 * <p>The speed layer folds the log's tail. From time to time the batch layer makes a cut through
 * history, folds the lake up to it and publishes; from that moment its segments answer in place of
 * the speed segments below the cut. Every answer is
 *
 * <pre>
 *   merge(batch segments up to the cut, speed segments above it)
 * </pre>
 */
public final class Lambda implements Architecture {
  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public boolean hasBatchLayer() {
    return true;
  }

  @Override
  public void start(Layers layers) {
    layers.recover();
    layers.startSpeed();
    layers.startLake();
    layers.startHistory(layers.schedule());
  }
}
