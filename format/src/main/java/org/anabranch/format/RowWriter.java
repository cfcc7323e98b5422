// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.List;
import org.anabranch.view.Vector;

/** Writes one row in one format. */
interface RowWriter {
  void write(List<Vector> columns, int row, ByteSink out);
}
