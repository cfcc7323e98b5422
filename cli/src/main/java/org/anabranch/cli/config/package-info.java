// SPDX-License-Identifier: Apache-2.0
/** The settings of a server: flags, environment, file, defaults. */
package org.anabranch.cli.config;
