// SPDX-License-Identifier: Apache-2.0
/** Lambda and kappa: which layers run over a pipeline, and how they hand over. */
package org.anabranch.architecture;
