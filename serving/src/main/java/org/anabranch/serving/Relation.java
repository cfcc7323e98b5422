// SPDX-License-Identifier: Apache-2.0
package org.anabranch.serving;

import org.anabranch.view.Schema;

/**
 * Something a query may name: a view, or rows that lie in files. A query process knows no more of
 * either than this.
 */
public sealed interface Relation permits ViewRelation, FileRelation, RemoteRelation {
  String name();

  Schema schema();
}
