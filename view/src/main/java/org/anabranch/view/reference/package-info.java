// SPDX-License-Identifier: Apache-2.0
/** The slow, obvious engine: the specification that every other engine equals. */
package org.anabranch.view.reference;
