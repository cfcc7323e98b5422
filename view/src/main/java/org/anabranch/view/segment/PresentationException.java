// SPDX-License-Identifier: Apache-2.0
package org.anabranch.view.segment;

/** A group that a view cannot show: a value out of its type's range, a failing expression. */
public final class PresentationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String view;
  private final String group;

  public PresentationException(String view, String group, String reason, Throwable cause) {
    super("Cannot show view " + view + ", group " + group + ": " + reason, cause);
    this.view = view;
    this.group = group;
  }

  public String view() {
    return view;
  }

  /** The group's keys in words. */
  public String group() {
    return group;
  }
}
