// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** A topic that is gone. What was not read of it is lost. */
public final class TopicDeletedException extends LogException {
  private static final long serialVersionUID = 1L;

  public TopicDeletedException(String stream, String topic, String expectedId) {
    super(
        "Cannot go on with stream '"
            + stream
            + "': topic '"
            + topic
            + "' with id "
            + expectedId
            + " is gone from the log: it was deleted. Stop, and"
            + LostPositionException.remedy(stream),
        null);
  }
}
