// SPDX-License-Identifier: Apache-2.0
/** log. */
package org.anabranch.log;
