// SPDX-License-Identifier: Apache-2.0
/**
 * What a view is: schema, rows, coverage, segments, tilings, folds and the interfaces that cross
 * layers. Depends on the JDK only and does no input or output.
 */
package org.anabranch.view;
