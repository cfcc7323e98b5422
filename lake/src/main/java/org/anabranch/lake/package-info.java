// SPDX-License-Identifier: Apache-2.0
/** lake. */
package org.anabranch.lake;
