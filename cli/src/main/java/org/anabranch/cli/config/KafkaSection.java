// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.anabranch.architecture.Cluster;
import org.anabranch.view.Nearest;

/**
 * What the clients of an external cluster are told, from the section of the settings file or from a
 * file of properties. Faults name a property and never its value, which may be a secret.
 */
final class KafkaSection {
  private final List<Fault> faults;
  private final Map<String, String> properties = new TreeMap<>();
  private final Map<String, String> places = new TreeMap<>();

  /**
   * @param faults takes what is wrong
   */
  KafkaSection(List<Fault> faults) {
    this.faults = faults;
  }

  void add(String where, String name, String text) {
    if (properties.put(name, text) != null) {
      faults.add(new Fault(where, name, "", "it stands there twice"));
    }
    places.put(name, where);
  }

  /** Takes the properties of a file instead of all others. */
  void replace(String where, Path file) {
    properties.clear();
    places.clear();
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    } catch (NoSuchFileException e) {
      faults.add(new Fault(where, "kafka-config", file.toString(), "there is no such file"));
    } catch (IOException e) {
      String reason = "it cannot be read: " + e.getMessage();
      faults.add(new Fault(where, "kafka-config", file.toString(), reason));
    } catch (IllegalArgumentException e) {
      String reason = "it is no file of Java properties: a \\u has no four digits after it";
      faults.add(new Fault(where, "kafka-config", file.toString(), reason));
    }
    read.stringPropertyNames().forEach(name -> add(file.toString(), name, read.getProperty(name)));
  }

  /**
   * Adds what is wrong to the faults.
   *
   * @param servers the addresses of the cluster, blank for the embedded broker, null if they have a
   *     fault of their own
   */
  void check(Object servers) {
    if (servers instanceof String text && text.isBlank() && !properties.isEmpty()) {
      String where = places.values().iterator().next();
      faults.add(
          new Fault(
              where,
              SettingsFile.KAFKA,
              "",
              "the broker runs inside this process and needs no "
                  + String.join(", ", properties.keySet())
                  + "; name a cluster with bootstrap-servers, or take this out"));
      return;
    }
    Cluster.problems(properties)
        .forEach(
            (name, reason) -> {
              String near = Nearest.question("; ", name, Cluster.properties());
              String hint = Cluster.properties().contains(name) ? "" : near;
              String where = places.getOrDefault(name, places.values().iterator().next());
              faults.add(new Fault(where, name, "", reason + hint));
            });
  }

  Map<String, String> properties() {
    return properties;
  }
}
