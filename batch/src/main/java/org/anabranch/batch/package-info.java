// SPDX-License-Identifier: Apache-2.0
/** The batch layer: the lake's history, folded up to a cut, audited and published. */
package org.anabranch.batch;
