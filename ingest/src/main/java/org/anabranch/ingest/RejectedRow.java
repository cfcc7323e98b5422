// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import org.anabranch.view.Rejection;

/**
 * A rejected event of a request.
 *
 * @param line where it starts in the body, from the request's first line
 * @param rejection why it was rejected
 */
public record RejectedRow(long line, Rejection rejection) {}
