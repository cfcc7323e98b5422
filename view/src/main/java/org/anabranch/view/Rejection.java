// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view;

import java.util.Objects;

/**
 * Why an event is not accepted, in words for its sender.
 *
 * @param code a stable word: {@code syntax}, {@code type}, {@code missing}, {@code null}, {@code
 *     range}, {@code duplicate}, {@code check}, {@code limit}, {@code encoding}, {@code unknown}
 * @param column the column at fault, empty where the whole event is
 * @param reason what is wrong, with the value (cut short) and what would be right
 */
public record Rejection(String code, String column, String reason) {
  public Rejection {
    Objects.requireNonNull(code, "code is null");
    Objects.requireNonNull(column, "column is null");
    Objects.requireNonNull(reason, "reason is null");
  }
}
