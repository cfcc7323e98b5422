// SPDX-License-Identifier: Apache-2.0
/** engine. */
package org.anabranch.engine;
