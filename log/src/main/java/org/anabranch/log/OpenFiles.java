// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Whether a failure may come of the limit on open files, which the broker does not say. */
final class OpenFiles {
  /** Some are closed again until anybody looks. */
  private static final long NEARLY = 16;

  private OpenFiles() {}

  static String shortage() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? shortage(system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount())
        : "";
  }

  /** What is to be said about it after a failure; nothing while there is room. */
  static String shortage(long open, long most) {
    return open + NEARLY < most
        ? ""
        : "; this process has "
            + open
            + " of at most "
            + most
            + " files and connections open: raise the limit with ulimit -n";
  }
}
