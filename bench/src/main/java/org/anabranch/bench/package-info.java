// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of the whole pipeline, beside what one would write by hand. */
package org.anabranch.bench;
