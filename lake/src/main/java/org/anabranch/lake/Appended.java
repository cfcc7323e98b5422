// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import org.anabranch.view.Coverage;

/**
 * What an append came to.
 *
 * @param coverage what the table accounts for
 * @param repeated whether the append had been done before, so that nothing was changed now
 */
public record Appended(Coverage coverage, boolean repeated) {}
