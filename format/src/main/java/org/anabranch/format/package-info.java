// SPDX-License-Identifier: Apache-2.0
/** format. */
package org.anabranch.format;
