// SPDX-License-Identifier: Apache-2.0
/** The HTTP interface, as its user. */
package org.anabranch.cli.client;
