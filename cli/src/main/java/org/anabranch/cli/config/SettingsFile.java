// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The keys and texts of {@code anabranch.yaml}: one mapping, flat but for the Kafka section. */
final class SettingsFile {
  /** The one key with keys of its own. */
  static final String KAFKA = "kafka";

  /** One line of the file; the section is empty for the keys outside of one. */
  record Entry(String section, String key, String text, int line) {}

  private SettingsFile() {}

  /**
   * Reads a file.
   *
   * @param faults takes what is wrong
   */
  static List<Entry> read(Path file, List<Fault> faults) {
    List<Entry> entries = new ArrayList<>();
    try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
      read(parser, file, entries, faults);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
      faults.add(new Fault(file + ":" + line, "", "", "it is no YAML: " + reason));
    } catch (IOException e) {
      faults.add(new Fault(file.toString(), "", "", "it cannot be read: " + e.getMessage()));
    }
    return entries;
  }

  private static void read(JsonParser parser, Path file, List<Entry> entries, List<Fault> faults)
      throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      faults.add(new Fault(file.toString(), "", "", "it is not a list of 'key: value'"));
      return;
    }
    readMapping("", parser, file, entries, faults);
  }

  private static void readMapping(
      String section, JsonParser parser, Path file, List<Entry> entries, List<Fault> faults)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT && section.isEmpty() && key.equals(KAFKA)) {
        readMapping(KAFKA, parser, file, entries, faults);
      } else if (value.isStructStart()) {
        parser.skipChildren();
        faults.add(new Fault(file + ":" + line, key, "", "a value is one text, nothing nested"));
      } else {
        String text = value == JsonToken.VALUE_NULL ? "" : parser.getText();
        entries.add(new Entry(section, key, text, line));
      }
    }
  }
}
