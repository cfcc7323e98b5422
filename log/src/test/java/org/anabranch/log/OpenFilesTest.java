// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A fault names the limit on open files when that is near, and only then. */
final class OpenFilesTest {
  @Test
  void theLimitIsNamedWhereItWasMet() {
    assertEquals("", OpenFiles.shortage(203, 300));
    String shortage = OpenFiles.shortage(297, 300);
    assertTrue(shortage.contains("297 of at most 300 files and connections"), shortage);
    assertTrue(shortage.contains("ulimit -n"), shortage);
    assertEquals("", OpenFiles.shortage());
  }
}
