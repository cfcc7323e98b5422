// SPDX-License-Identifier: Apache-2.0
/** The network face: HTTP for events, views, SQL and operation. */
package org.anabranch.endpoints;
