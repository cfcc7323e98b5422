// SPDX-License-Identifier: Apache-2.0
/** quality. */
package org.anabranch.quality;
