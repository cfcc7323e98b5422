// SPDX-License-Identifier: Apache-2.0
package org.anabranch.engine.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.anabranch.view.Trials;
import org.junit.jupiter.api.Test;

final class KeySortTest {
  @Test
  void keysComeInOrderOfTheirUnsignedBytes() {
    Trials.run(
        300,
        random -> {
          List<byte[]> keys =
              keys(random, 1 + random.nextInt(random.nextInt(20) == 0 ? 5000 : 200));
          TextArena arena = new TextArena();
          long[] places = new long[keys.size()];
          int[] lengths = new int[keys.size()];
          for (int i = 0; i < keys.size(); i++) {
            lengths[i] = keys.get(i).length;
            places[i] = arena.append(keys.get(i), 0, lengths[i]);
          }
          int[] order = KeySort.sort(arena, places, lengths, keys.size());
          byte[][] expected = keys.toArray(byte[][]::new);
          Arrays.sort(expected, Arrays::compareUnsigned);
          byte[][] actual = Arrays.stream(order).mapToObj(keys::get).toArray(byte[][]::new);
          assertArrayEquals(expected, actual);
        });
  }

  @Test
  void twoGroupsWithOneKeyAreRefused() {
    TextArena arena = new TextArena();
    long[] places = {arena.append(new byte[] {1, 2}, 0, 2), arena.append(new byte[] {1, 2}, 0, 2)};
    assertThrows(
        IllegalStateException.class, () -> KeySort.sort(arena, places, new int[] {2, 2}, 2));
  }

  /** Different keys, none a prefix of another: a byte 0 only at the end. */
  private static List<byte[]> keys(Random random, int count) {
    TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
    int values = 1 + random.nextInt(255);
    int longest = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      byte[] key = new byte[1 + random.nextInt(longest)];
      for (int at = 0; at < key.length - 1; at++) {
        key[at] = (byte) (1 + random.nextInt(values));
      }
      keys.add(key);
    }
    List<byte[]> shuffled = new ArrayList<>(keys);
    java.util.Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
