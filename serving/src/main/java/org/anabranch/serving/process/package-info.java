// SPDX-License-Identifier: Apache-2.0
/**
 * The processes that queries run in: how they are started and limited, and the frames that go to
 * and fro. What a frame says is known to {@link org.anabranch.serving}.
 */
package org.anabranch.serving.process;
