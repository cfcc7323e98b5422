// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes to rows and back: framing of bodies into events, decoding of events (JSON, CSV, lines by a
 * regular expression), transcoding into a stream's declared format, and writing rows.
 */
package org.anabranch.format;
