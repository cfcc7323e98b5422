// SPDX-License-Identifier: Apache-2.0

/** Bugs that are put into a copy of the sources one at a time, to see that the suite finds each. */
package org.anabranch.bench.bugs;
