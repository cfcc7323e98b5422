// SPDX-License-Identifier: Apache-2.0
package org.anabranch.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * An existing Kafka cluster. Only known client properties are taken: some others make a client read
 * files, load classes or call addresses of their author's choice.
 */
public final class ExternalCluster implements Broker {
  private static final Set<String> ALLOWED =
      new TreeSet<>(
          Set.of(
              "security.protocol",
              "sasl.mechanism",
              "sasl.jaas.config",
              "ssl.truststore.location",
              "ssl.truststore.password",
              "ssl.truststore.type",
              "ssl.truststore.certificates",
              "ssl.keystore.location",
              "ssl.keystore.password",
              "ssl.keystore.type",
              "ssl.keystore.key",
              "ssl.keystore.certificate.chain",
              "ssl.key.password",
              "ssl.endpoint.identification.algorithm",
              "client.dns.lookup"));
  private static final Pattern ADDRESSES = Pattern.compile("[^,:\\s]+:\\d+(,[^,:\\s]+:\\d+)*");
  private static final Pattern LOGIN =
      Pattern.compile(
          "\\s*org\\.apache\\.kafka\\.common\\.security\\.(plain\\.Plain|scram\\.Scram)LoginModule"
              + "\\s[^;]*;\\s*");

  private final String bootstrapServers;
  private final Map<String, String> properties;

  /**
   * @param bootstrapServers {@code host:port} pairs, comma-separated
   * @param properties security settings of the clients
   * @throws IllegalArgumentException if any of it is not allowed; all problems at once
   */
  public ExternalCluster(String bootstrapServers, Map<String, String> properties) {
    List<String> problems = new ArrayList<>();
    if (!ADDRESSES.matcher(bootstrapServers).matches()) {
      problems.add("bootstrap.servers is '" + bootstrapServers + "', expected host:port,host:port");
    }
    properties.keySet().stream()
        .sorted()
        .filter(name -> !ALLOWED.contains(name))
        .forEach(name -> problems.add("property '" + name + "' is not one of " + ALLOWED));
    String login = properties.get("sasl.jaas.config");
    if (login != null && !LOGIN.matcher(login).matches()) {
      problems.add("sasl.jaas.config names another login module than Plain or Scram");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use the external cluster: " + String.join("; ", problems));
    }
    this.bootstrapServers = bootstrapServers;
    this.properties = Map.copyOf(properties);
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
  public Optional<String> fault() {
    return Optional.empty();
  }

  /** Does nothing: the cluster is not ours. */
  @Override
  public void close() {}
}
