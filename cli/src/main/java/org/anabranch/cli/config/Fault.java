// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

/**
 * Something wrong with the configuration.
 *
 * @param where the flag, the variable, or the file and line
 * @param key the setting, or empty
 * @param value what is written there, or empty
 * @param reason what is wrong and what would be right
 */
public record Fault(String where, String key, String value, String reason) {
  @Override
  public String toString() {
    String what = key.isEmpty() ? "" : key + (value.isEmpty() ? "" : " = '" + value + "'") + ": ";
    return where + ": " + what + reason;
  }
}
