// SPDX-License-Identifier: Apache-2.0
/** The main job on real flights, narrated and checked against a plain loop over the same file. */
package org.anabranch.cli.demo;
