// SPDX-License-Identifier: Apache-2.0
package org.anabranch.format;

import java.util.List;
import java.util.Optional;
import org.anabranch.view.Nearest;
import org.anabranch.view.StreamDefinition;

/** The field of a stream that was probably meant by a name that is none. */
public final class NearestField {
  private NearestField() {}

  /** {@code ; did you mean "name"?}, or an empty text. */
  static String didYouMean(String name, StreamDefinition stream) {
    return of(name, stream).map(nearest -> "; did you mean \"" + nearest + "\"?").orElse("");
  }

  /** The field of a stream that is nearest, if one is near. */
  public static Optional<String> of(String name, StreamDefinition stream) {
    return of(name, stream.schema().columns().stream().map(StreamReaders::field).toList());
  }

  static Optional<String> of(String name, List<String> known) {
    return Nearest.of(name.strip(), known);
  }
}
