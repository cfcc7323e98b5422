// SPDX-License-Identifier: Apache-2.0
/** Expressions compiled to operators that compute a whole chunk at a time. */
package org.anabranch.engine.operator;
