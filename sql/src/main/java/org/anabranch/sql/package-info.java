// SPDX-License-Identifier: Apache-2.0
/** sql. */
package org.anabranch.sql;
