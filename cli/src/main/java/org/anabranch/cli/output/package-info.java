// SPDX-License-Identifier: Apache-2.0
/** What commands show: tables, machine-readable answers, progress. */
package org.anabranch.cli.output;
