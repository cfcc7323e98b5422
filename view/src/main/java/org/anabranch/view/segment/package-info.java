// SPDX-License-Identifier: Apache-2.0
/** The bytes of a segment: ordered keys, states, blocks, and merging segments. */
package org.anabranch.view.segment;
