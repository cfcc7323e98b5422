// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import org.apache.kafka.common.Uuid;

/** A topic as the cluster describes it. */
record Topic(String name, Uuid id, int partitions) {}
