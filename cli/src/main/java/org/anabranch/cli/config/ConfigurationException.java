// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  ConfigurationException(List<Fault> faults) {
    super(
        faults.stream()
            .map(fault -> "\n  " + fault)
            .collect(Collectors.joining("", heading(faults.size()), "")));
    this.faults = List.copyOf(faults);
  }

  private static String heading(int count) {
    return "Cannot use the configuration: " + count + (count == 1 ? " fault" : " faults");
  }

  public List<Fault> faults() {
    return faults;
  }
}
