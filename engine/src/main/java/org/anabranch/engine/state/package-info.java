// SPDX-License-Identifier: Apache-2.0
/**
 * Aggregate states of many groups at a time; their bytes are those of {@code
 * docs/format/states.md}.
 */
package org.anabranch.engine.state;
