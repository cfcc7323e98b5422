// SPDX-License-Identifier: Apache-2.0
/**
 * Every movement of raw data: from sources through checks to the log, and from the log to the lake.
 */
package org.anabranch.ingest;
