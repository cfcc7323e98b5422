// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** An existing Kafka cluster, reached with the {@link ClientProperties} that its owner may set. */
public final class ExternalCluster implements Broker {
  private static final Pattern ADDRESSES = Pattern.compile("[^,:\\s]+:\\d+(,[^,:\\s]+:\\d+)*");

  private final String bootstrapServers;
  private final Map<String, String> properties;

  /**
   * @param bootstrapServers {@code host:port} pairs, comma-separated
   * @param properties settings of the clients
   * @throws IllegalArgumentException if any of it is not allowed; all problems at once
   */
  public ExternalCluster(String bootstrapServers, Map<String, String> properties) {
    List<String> problems = new ArrayList<>();
    if (!isAddress(bootstrapServers)) {
      problems.add("bootstrap.servers is '" + bootstrapServers + "', expected host:port,host:port");
    }
    ClientProperties.problems(properties)
        .forEach((name, reason) -> problems.add("property '" + name + "': " + reason));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use the external cluster: " + String.join("; ", problems));
    }
    this.bootstrapServers = bootstrapServers;
    this.properties = Map.copyOf(properties);
  }

  /** Whether a text is {@code host:port} pairs, comma-separated. */
  public static boolean isAddress(String text) {
    return ADDRESSES.matcher(text).matches();
  }

  @Override
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public Map<String, String> clientProperties() {
    return properties;
  }

  @Override
  public Durability durability() {
    return Durability.CLUSTER;
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  @Override
  public Optional<String> fault() {
    return Optional.empty();
  }

  /** Does nothing: the cluster is not ours. */
  @Override
  public void close() {}

  /** Without the values of the properties, of which some are secret. */
  @Override
  public String toString() {
    return "ExternalCluster[" + bootstrapServers + ", " + properties.keySet() + "]";
  }
}
