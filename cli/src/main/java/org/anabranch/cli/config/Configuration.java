// SPDX-License-Identifier: Apache-2.0
package org.anabranch.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.anabranch.architecture.Cluster;
import org.anabranch.view.Nearest;

/** The settings of a server: flag over environment over file over default. */
public final class Configuration {
  private static final String PREFIX = "ANABRANCH_";

  /** Variables of this prefix that are no settings of a server. */
  private static final Set<String> OTHERS =
      Set.of("ANABRANCH_URL", "ANABRANCH_CONFIG", "ANABRANCH_JAVA_OPTS");

  /** A text and where it was found. */
  private record Found(String text, String where) {}

  private final Map<Setting, Object> values = new EnumMap<>(Setting.class);
  private final Map<Setting, Found> found = new EnumMap<>(Setting.class);
  private final List<Fault> faults = new ArrayList<>();
  private final KafkaSection kafka = new KafkaSection(faults);

  private Configuration() {}

  /**
   * Collects and reads all settings.
   *
   * @param flags what the command line says
   * @param environment the environment's variables
   * @param file the settings file, if there is one
   * @throws ConfigurationException with all faults at once
   */
  public static Configuration of(
      Map<Setting, String> flags, Map<String, String> environment, Optional<Path> file)
      throws ConfigurationException {
    return of(flags, environment, file, Path::of);
  }

  /**
   * Collects and reads all settings.
   *
   * @param paths where a path that is written in a setting leads
   */
  public static Configuration of(
      Map<Setting, String> flags,
      Map<String, String> environment,
      Optional<Path> file,
      Function<String, Path> paths)
      throws ConfigurationException {
    Configuration configuration = new Configuration();
    file.ifPresent(configuration::takeFile);
    configuration.takeEnvironment(environment);
    flags.forEach(
        (setting, text) ->
            configuration.found.put(setting, new Found(text, "flag --" + setting.key())));
    for (Setting setting : Setting.values()) {
      configuration.read(setting);
    }
    configuration.readKafka(paths);
    if (!configuration.faults.isEmpty()) {
      throw new ConfigurationException(configuration.faults);
    }
    return configuration;
  }

  private void takeFile(Path file) {
    Map<String, Setting> byKey = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      byKey.put(setting.key(), setting);
    }
    for (SettingsFile.Entry entry : SettingsFile.read(file, faults)) {
      String where = file + ":" + entry.line();
      if (!entry.section().isEmpty()) {
        kafka.add(where, entry.key(), entry.text());
        continue;
      }
      Setting setting = byKey.get(entry.key());
      if (setting == null) {
        unknown(where, entry.key(), byKey.keySet());
      } else if (found.put(setting, new Found(entry.text(), where)) != null) {
        faults.add(new Fault(where, entry.key(), entry.text(), "it stands there twice"));
      }
    }
  }

  private void takeEnvironment(Map<String, String> environment) {
    Map<String, Setting> byVariable = new TreeMap<>();
    for (Setting setting : Setting.values()) {
      byVariable.put(setting.variable(), setting);
    }
    for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
      String name = entry.getKey();
      if (byVariable.containsKey(name)) {
        found.put(byVariable.get(name), new Found(entry.getValue(), "environment " + name));
      } else if (name.startsWith(PREFIX) && !OTHERS.contains(name)) {
        unknown("environment", name, byVariable.keySet());
      }
    }
  }

  private void unknown(String where, String key, Set<String> known) {
    String near = Nearest.question("; ", key, known);
    String reason = near.isEmpty() ? "; there are " + String.join(", ", known) : near;
    faults.add(new Fault(where, key, "", "there is no such setting" + reason));
  }

  /** A file of properties takes the place of the section, whoever names it. */
  private void readKafka(Function<String, Path> paths) {
    Found named = found.get(Setting.KAFKA_CONFIG);
    if (named != null && !named.text().isBlank()) {
      kafka.replace(named.where(), paths.apply(named.text()));
    }
    kafka.check(values.get(Setting.BOOTSTRAP_SERVERS));
  }

  private void read(Setting setting) {
    Found chosen = found.getOrDefault(setting, new Found(setting.standard(), "default"));
    try {
      values.put(setting, setting.read(chosen.text()));
    } catch (IllegalArgumentException e) {
      faults.add(new Fault(chosen.where(), setting.key(), chosen.text(), e.getMessage()));
    }
  }

  /** The value of a setting, of the type its reader gives. */
  public <T> T get(Setting setting, Class<T> type) {
    return type.cast(values.get(setting));
  }

  public String text(Setting setting) {
    return get(setting, String.class);
  }

  public boolean is(Setting setting) {
    return get(setting, Boolean.class);
  }

  /** The cluster to use, if it is not the embedded broker. */
  public Optional<Cluster> cluster() {
    String servers = text(Setting.BOOTSTRAP_SERVERS);
    return servers.isBlank()
        ? Optional.empty()
        : Optional.of(new Cluster(servers, kafka.properties()));
  }

  /** Names of a setting that takes several. */
  public Set<String> names(Setting setting) {
    Set<String> names = new TreeSet<>();
    for (Object name : get(setting, Set.class)) {
      names.add((String) name);
    }
    return names;
  }

  public long number(Setting setting) {
    return get(setting, Long.class);
  }
}
