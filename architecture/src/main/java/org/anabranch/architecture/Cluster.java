// SPDX-License-Identifier: Apache-2.0
package org.anabranch.architecture;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.anabranch.log.Broker;
import org.anabranch.log.ClientProperties;
import org.anabranch.log.ExternalCluster;

/** An existing Kafka cluster, and how to connect to it. Its text never shows a secret. */
public final class Cluster {
  private final ExternalCluster broker;

  /**
   * @param bootstrapServers {@code host:port} pairs, comma-separated
   * @param properties of Kafka's clients
   * @throws IllegalArgumentException if any of it is not allowed; all problems at once
   */
  public Cluster(String bootstrapServers, Map<String, String> properties) {
    this.broker = new ExternalCluster(bootstrapServers, properties);
  }

  /** Whether a text is {@code host:port} pairs, comma-separated. */
  public static boolean isAddress(String text) {
    return ExternalCluster.isAddress(text);
  }

  /** The names of the properties that may be set. */
  public static SortedSet<String> properties() {
    return ClientProperties.allowed();
  }

  /** What is wrong with properties: by name, the reason in words, without the value of a secret. */
  public static SortedMap<String, String> problems(Map<String, String> properties) {
    return ClientProperties.problems(properties);
  }

  Broker broker() {
    return broker;
  }

  @Override
  public String toString() {
    return broker.toString();
  }
}
