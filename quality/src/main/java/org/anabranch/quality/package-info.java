// SPDX-License-Identifier: Apache-2.0
/** Row checks and audits: what is accepted, and what may be published. */
package org.anabranch.quality;
