// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import org.anabranch.view.Schema;

/** Something a query may name: a view, or rows that lie in files. */
public sealed interface Relation permits ViewRelation, FileRelation {
  String name();

  Schema schema();
}
