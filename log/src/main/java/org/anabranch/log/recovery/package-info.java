// SPDX-License-Identifier: Apache-2.0
/**
 * What is on the disk of the embedded broker, looked at before it is started: its own recovery cuts
 * a log at the first damage without a word.
 */
package org.anabranch.log.recovery;
