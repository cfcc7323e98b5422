// SPDX-License-Identifier: Apache-2.0
/** Typed expressions over a row, and the slow evaluator that defines what they mean. */
package org.anabranch.view.expression;
