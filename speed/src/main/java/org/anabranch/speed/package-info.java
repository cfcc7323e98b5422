// SPDX-License-Identifier: Apache-2.0
/** The speed layer: the log's tail, folded continuously into segments. */
package org.anabranch.speed;
