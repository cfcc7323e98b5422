// SPDX-License-Identifier: Apache-2.0
/** One main and its commands. Commands that need a server speak HTTP to it. */
package org.anabranch.cli;
