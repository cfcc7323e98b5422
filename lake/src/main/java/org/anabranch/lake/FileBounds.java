// SPDX-License-Identifier: Apache-2.0
package org.anabranch.lake;

import java.nio.ByteBuffer;
import org.anabranch.view.Coverage;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/**
 * Decides from a file's column bounds, without opening it, whether rows of a coverage are in it.
 */
final class FileBounds {
  private FileBounds() {}

  static boolean mayContain(DataFile file, Coverage wanted) {
    ByteBuffer leastPosition = file.lowerBounds().get(LakeSchema.POSITION_ID);
    ByteBuffer mostPosition = file.upperBounds().get(LakeSchema.POSITION_ID);
    long least = Conversions.<Long>fromByteBuffer(Types.LongType.get(), leastPosition);
    long most = Conversions.<Long>fromByteBuffer(Types.LongType.get(), mostPosition);
    String leastLane = text(file.lowerBounds().get(LakeSchema.LANE_ID));
    String mostLane = text(file.upperBounds().get(LakeSchema.LANE_ID));
    return wanted.ranges().entrySet().stream()
        .filter(entry -> isBetween(leastLane, entry.getKey().toString(), mostLane))
        .flatMap(entry -> entry.getValue().stream())
        .anyMatch(range -> range.from() <= most && least < range.to());
  }

  private static boolean isBetween(String least, String lane, String most) {
    return least.compareTo(lane) <= 0 && lane.compareTo(most) <= 0;
  }

  private static String text(ByteBuffer bound) {
    return Conversions.fromByteBuffer(Types.StringType.get(), bound).toString();
  }
}
