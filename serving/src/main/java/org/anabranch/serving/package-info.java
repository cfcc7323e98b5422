// SPDX-License-Identifier: Apache-2.0
/**
 * The serving layer: from a tiling to an answer. Keyed and ranged reads walk the segments; SQL runs
 * in DuckDB, which only this module knows, behind a gate.
 */
package org.anabranch.serving;
