// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.List;

/** A topic whose settings would make positions or times untrue; all problems at once. */
public final class TopicRefusedException extends LogException {
  private static final long serialVersionUID = 1L;

  public TopicRefusedException(String stream, String topic, List<String> problems) {
    super(
        "Cannot use topic '"
            + topic
            + "' for stream '"
            + stream
            + "': "
            + String.join("; ", problems),
        null);
  }
}
