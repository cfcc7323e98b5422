// SPDX-License-Identifier: Apache-2.0
/** The columnar kernel: folds rows into segments, a chunk and a column at a time. */
package org.anabranch.engine;
