// SPDX-License-Identifier: Apache-2.0
/** The SQL shell. */
package org.anabranch.cli.shell;
