// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

/** Which layers run over a pipeline, and how they hand over. The answers are the same. */
public sealed interface Architecture permits Lambda, Kappa {
  /** The name on the command line. */
  String name();

  /** Starts the layers of every stream. */
  void start(Layers layers);

  /** Whether a batch layer runs. */
  boolean hasBatchLayer();

  /**
   * The architecture of a name.
   *
   * @throws IllegalArgumentException for any other
   */
  static Architecture of(String name) {
    return switch (name) {
      case "lambda" -> new Lambda();
      case "kappa" -> new Kappa();
      default ->
          throw new IllegalArgumentException(
              "Cannot run as '" + name + "': there are lambda and kappa");
    };
  }
}
