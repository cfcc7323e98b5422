// SPDX-License-Identifier: Apache-2.0
/** Aggregates as mergeable state: a zero, add, merge and present; everything else derives. */
package org.anabranch.view.accumulator;
