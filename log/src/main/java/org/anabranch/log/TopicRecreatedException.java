// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

/** A topic that is not the one whose history is accounted for, though it has the same name. */
public final class TopicRecreatedException extends LogException {
  private static final long serialVersionUID = 1L;

  public TopicRecreatedException(String stream, String topic, String expectedId, String foundId) {
    super(
        "Cannot go on with stream '"
            + stream
            + "': topic '"
            + topic
            + "' had id "
            + expectedId
            + " and now has id "
            + foundId
            + ": it was deleted and created again, and its positions mean other events. Stop,"
            + " and"
            + LostPositionException.remedy(stream),
        null);
  }
}
