// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log.recovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The broker's small text files that it makes anew where they are missing, and dies of where they
 * cannot be read. None holds an event.
 */
final class SmallFiles {
  private static final String RECOVERY_POINTS = "recovery-point-offset-checkpoint";
  private static final List<String> OF_LOG =
      List.of(
          RECOVERY_POINTS,
          "log-start-offset-checkpoint",
          "replication-offset-checkpoint",
          "cleaner-offset-checkpoint");
  private static final String EPOCHS = "leader-epoch-checkpoint";
  private static final Pattern POINT = Pattern.compile("\\S+ \\d+ \\d+");
  private static final Pattern EPOCH = Pattern.compile("\\d+ \\d+");

  private SmallFiles() {}

  /** Moves away what cannot be read; a note for each. */
  static List<String> tidy(Path log, List<PartitionFiles> partitions, KeptCopies kept)
      throws IOException {
    List<String> notes = new ArrayList<>();
    for (String name : OF_LOG) {
      tidy(log, log.resolve(name), POINT, kept).ifPresent(notes::add);
    }
    for (PartitionFiles partition : partitions) {
      tidy(log, partition.directory().resolve(EPOCHS), EPOCH, kept).ifPresent(notes::add);
    }
    return notes;
  }

  private static Optional<String> tidy(Path log, Path file, Pattern line, KeptCopies kept)
      throws IOException {
    if (!Files.exists(file) || lines(file, line).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "file '"
            + log.getParent().relativize(file)
            + "' could not be read; it holds no event and is made anew. The old one is kept as '"
            + kept.move(file)
            + "'");
  }

  /** The entries of such a file, if it is what it should be: a version, a count, and as many. */
  private static Optional<List<String>> lines(Path file, Pattern line) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines().toList();
    if (lines.isEmpty()) {
      // One that was just made.
      return Optional.of(lines);
    }
    if (lines.size() < 2 || !lines.get(0).equals("0") || !lines.get(1).matches("\\d{1,9}")) {
      return Optional.empty();
    }
    List<String> entries = lines.subList(2, lines.size());
    boolean whole =
        entries.size() == Integer.parseInt(lines.get(1))
            && entries.stream().allMatch(entry -> line.matcher(entry).matches());
    return whole ? Optional.of(entries) : Optional.empty();
  }

  /** From where on each partition is not known to be on the disk; none where the file is not. */
  static Map<String, Long> recoveryPoints(Path log) throws IOException {
    Path file = log.resolve(RECOVERY_POINTS);
    Map<String, Long> points = new HashMap<>();
    if (Files.exists(file)) {
      for (String entry : lines(file, POINT).orElse(List.of())) {
        String[] parts = entry.split(" ", -1);
        points.put(parts[0] + "-" + parts[1], Long.parseLong(parts[2]));
      }
    }
    return points;
  }
}
