// SPDX-License-Identifier: Apache-2.0
/**
 * The immutable append-only log: every framed event of a stream, good or bad, in the order in which
 * it was appended. It is Apache Kafka, embedded or elsewhere, and no type of Kafka leaves this
 * package.
 */
package org.anabranch.log;
