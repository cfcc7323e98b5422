// SPDX-License-Identifier: Apache-2.0
package org.anabranch.ingest;

import org.anabranch.view.Range;

/**
 * What is left of an open lane.
 *
 * @param log what the log has that is the lane's own
 * @param end one past the last position that the lake has or the log
 */
public record KeptLane(Range log, long end) {}
