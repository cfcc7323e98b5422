// SPDX-License-Identifier: Apache-2.0
/**
 * The lake: the master dataset, the quarantine and the published segments of every stream, as
 * Iceberg tables. Append, scan by coverage, publish. Iceberg, Parquet and Hadoop stay inside; the
 * layout on disk is {@code docs/format/lake.md}.
 */
package org.anabranch.lake;
