// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine;

import org.anabranch.view.Engine;
import org.anabranch.view.EngineContract;

final class ColumnarEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new ColumnarEngine();
  }

  @Override
  protected int trials() {
    return 300;
  }
}
