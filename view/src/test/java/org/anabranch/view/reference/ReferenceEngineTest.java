// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.reference;

import org.anabranch.view.Engine;
import org.anabranch.view.EngineContract;

class ReferenceEngineTest extends EngineContract {
  @Override
  protected Engine engine() {
    return new ReferenceEngine();
  }
}
