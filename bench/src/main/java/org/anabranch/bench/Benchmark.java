// SPDX-License-Identifier: Apache-2.0
package org.anabranch.bench;

import java.io.PrintStream;

/** Measures something and prints it. It fails where an answer is wrong, never on a time. */
interface Benchmark {
  void run(Settings settings, PrintStream out) throws Exception;
}
