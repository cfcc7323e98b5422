// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.io.IOException;

/** A content type that a stream does not take. The message says which ones it takes. */
public final class ContentTypeException extends IOException {
  private static final long serialVersionUID = 1;

  public ContentTypeException(String message) {
    super(message);
  }
}
